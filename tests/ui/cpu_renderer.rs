//! Draws what egui would send to the graphics card on the processor, so that pictures are the same everywhere.

use std::collections::HashMap;

use egui::epaint::{Mesh, Primitive, Vertex};
use egui::{Color32, Context, FullOutput, ImageData, Pos2, Rect, TextureFilter, TextureId, TexturesDelta};

struct Texture {
    width: usize,
    height: usize,
    pixels: Vec<Color32>,
    linear: bool,
}

impl Texture {
    fn texel(&self, x: i32, y: i32) -> [f32; 4] {
        let x = x.clamp(0, self.width as i32 - 1) as usize;
        let y = y.clamp(0, self.height as i32 - 1) as usize;
        self.pixels[y * self.width + x].to_array().map(f32::from)
    }

    fn sample(&self, u: f32, v: f32) -> [u32; 4] {
        let (x, y) = (u * self.width as f32 - 0.5, v * self.height as f32 - 0.5);
        if !self.linear {
            return self.texel(x.round() as i32, y.round() as i32).map(|channel| channel as u32);
        }
        let (left, top) = (x.floor(), y.floor());
        let (across, down) = (x - left, y - top);
        let (left, top) = (left as i32, top as i32);
        let upper = (self.texel(left, top), self.texel(left + 1, top));
        let lower = (self.texel(left, top + 1), self.texel(left + 1, top + 1));
        std::array::from_fn(|channel| {
            let mix =
                |pair: &([f32; 4], [f32; 4])| pair.0[channel] * (1.0 - across) + pair.1[channel] * across;
            (mix(&upper) * (1.0 - down) + mix(&lower) * down + 0.5) as u32
        })
    }
}

/// A renderer for `egui_kittest` without a graphics card.
#[derive(Default)]
pub struct CpuRenderer {
    textures: HashMap<TextureId, Texture>,
}

impl egui_kittest::TestRenderer for CpuRenderer {
    fn handle_delta(&mut self, delta: &mut TexturesDelta) {
        for (id, deltas) in delta.set.drain() {
            for delta in deltas {
                let ImageData::Color(image) = &delta.image;
                let [width, height] = image.size;
                if let Some([x, y]) = delta.pos {
                    let Some(texture) = self.textures.get_mut(&id) else { continue };
                    for row in 0..height {
                        let start = (y + row) * texture.width + x;
                        let source = &image.pixels[row * width..(row + 1) * width];
                        texture.pixels[start..start + width].copy_from_slice(source);
                    }
                } else {
                    let linear = delta.options.magnification == TextureFilter::Linear;
                    self.textures.insert(id, Texture { width, height, pixels: image.pixels.clone(), linear });
                }
            }
        }
        for id in delta.free.drain() {
            self.textures.remove(&id);
        }
    }

    fn render(&mut self, ctx: &Context, output: &FullOutput) -> Result<image::RgbaImage, String> {
        let scale = ctx.pixels_per_point();
        let size = ctx.content_rect().size() * scale;
        let mut canvas = Canvas::new(size.x.round() as usize, size.y.round() as usize, scale);
        for primitive in ctx.tessellate(output.shapes.clone(), scale) {
            let Primitive::Mesh(mesh) = &primitive.primitive else { continue };
            if let Some(texture) = self.textures.get(&mesh.texture_id) {
                canvas.draw_mesh(mesh, texture, primitive.clip_rect);
            }
        }
        canvas.into_image()
    }
}

struct Canvas {
    width: usize,
    height: usize,
    scale: f32,
    pixels: Vec<[u8; 4]>,
}

struct Clip {
    x: (i32, i32),
    y: (i32, i32),
}

impl Canvas {
    fn new(width: usize, height: usize, scale: f32) -> Self {
        Self { width, height, scale, pixels: vec![[0; 4]; width * height] }
    }

    fn into_image(self) -> Result<image::RgbaImage, String> {
        image::RgbaImage::from_raw(self.width as u32, self.height as u32, self.pixels.into_flattened())
            .ok_or_else(|| "the picture has another size than its pixels".to_owned())
    }

    fn draw_mesh(&mut self, mesh: &Mesh, texture: &Texture, clip_rect: Rect) {
        let pixel = |points: f32, most: usize| ((points * self.scale).round() as i32).clamp(0, most as i32);
        let clip = Clip {
            x: (pixel(clip_rect.min.x, self.width), pixel(clip_rect.max.x, self.width)),
            y: (pixel(clip_rect.min.y, self.height), pixel(clip_rect.max.y, self.height)),
        };
        for corners in mesh.indices.chunks_exact(3) {
            let corner = |index: usize| &mesh.vertices[corners[index] as usize];
            self.draw_triangle([corner(0), corner(1), corner(2)], texture, &clip);
        }
    }

    fn draw_triangle(&mut self, mut corners: [&Vertex; 3], texture: &Texture, clip: &Clip) {
        let doubled_area =
            |c: &[&Vertex; 3]| edge(c[0].pos * self.scale, c[1].pos * self.scale, c[2].pos * self.scale);
        let mut area = doubled_area(&corners);
        if area == 0.0 {
            return;
        }
        if area < 0.0 {
            corners.swap(0, 1);
            area = -area;
        }
        let [a, b, c] = corners.map(|corner| corner.pos * self.scale);
        let shader = Shader::new(corners, texture);
        let inclusive = [is_top_left(b, c), is_top_left(c, a), is_top_left(a, b)];
        let (left, right) = (a.x.min(b.x).min(c.x).floor() as i32, a.x.max(b.x).max(c.x).ceil() as i32);
        let (top, bottom) = (a.y.min(b.y).min(c.y).floor() as i32, a.y.max(b.y).max(c.y).ceil() as i32);
        for y in top.max(clip.y.0)..bottom.min(clip.y.1) {
            for x in left.max(clip.x.0)..right.min(clip.x.1) {
                let point = egui::pos2(x as f32 + 0.5, y as f32 + 0.5);
                let edges = [edge(b, c, point), edge(c, a, point), edge(a, b, point)];
                let inside =
                    edges.iter().zip(inclusive).all(|(edge, on)| *edge > 0.0 || (*edge == 0.0 && on));
                if inside {
                    let color = shader.color(edges.map(|edge| edge / area));
                    blend(&mut self.pixels[y as usize * self.width + x as usize], color);
                }
            }
        }
    }
}

/// Colour of a point of a triangle: vertex colour times texture.
struct Shader<'a> {
    corners: [&'a Vertex; 3],
    texture: &'a Texture,
    flat_color: bool,
    flat_texel: Option<[u32; 4]>,
}

impl<'a> Shader<'a> {
    fn new(corners: [&'a Vertex; 3], texture: &'a Texture) -> Self {
        let [a, b, c] = corners;
        let flat_texel = (a.uv == b.uv && b.uv == c.uv).then(|| texture.sample(a.uv.x, a.uv.y));
        Self { corners, texture, flat_color: a.color == b.color && b.color == c.color, flat_texel }
    }

    fn color(&self, weights: [f32; 3]) -> [u32; 4] {
        let [a, b, c] = self.corners;
        let [wa, wb, wc] = weights;
        let texel = self.flat_texel.unwrap_or_else(|| {
            let u = a.uv.x * wa + b.uv.x * wb + c.uv.x * wc;
            let v = a.uv.y * wa + b.uv.y * wb + c.uv.y * wc;
            self.texture.sample(u, v)
        });
        let (ca, cb, cc) = (a.color.to_array(), b.color.to_array(), c.color.to_array());
        std::array::from_fn(|i| {
            let vertex = if self.flat_color {
                u32::from(ca[i])
            } else {
                (f32::from(ca[i]) * wa + f32::from(cb[i]) * wb + f32::from(cc[i]) * wc + 0.5) as u32
            };
            multiply(vertex, texel[i])
        })
    }
}

fn edge(a: Pos2, b: Pos2, point: Pos2) -> f32 {
    (b.x - a.x) * (point.y - a.y) - (b.y - a.y) * (point.x - a.x)
}

/// A pixel on the shared edge of two triangles belongs to exactly one of them.
fn is_top_left(a: Pos2, b: Pos2) -> bool {
    (a.y == b.y && b.x > a.x) || b.y < a.y
}

fn multiply(a: u32, b: u32) -> u32 {
    (a * b + 127) / 255
}

fn blend(pixel: &mut [u8; 4], source: [u32; 4]) {
    let rest = 255 - source[3].min(255);
    for (channel, source) in pixel.iter_mut().zip(source) {
        *channel = (source + multiply(u32::from(*channel), rest)).min(255) as u8;
    }
}
