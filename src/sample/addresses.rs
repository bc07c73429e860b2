//! Link addresses of every shape seen in public, with tokens that are noise and open nothing.

use super::chance::Chance;
use crate::names::InviteAddress;

/// Where a link leads, which decides its shape.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    Max,
    Vk,
    Sferum,
    Short,
}

const TOKEN: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

/// Makes addresses, each once.
pub(super) struct Addresses(Chance);

impl Addresses {
    pub(super) fn new(stream: &str) -> Self {
        Self(Chance::new(stream))
    }

    /// The next address; `None` only if it were no address at all, which the tests rule out.
    pub(super) fn next(&mut self, shape: Shape) -> Option<InviteAddress> {
        let letters = |extra: &str| format!("{TOKEN}{TOKEN}{extra}");
        let text = match shape {
            Shape::Max => format!("https://max.ru/join/{}", self.0.token(&letters("-_"), 43)),
            Shape::Vk => format!("https://vk.me/join/{}=", self.0.token(&letters("/_"), 31)),
            Shape::Sferum => {
                format!("https://sferum.ru/?p=messages&join={}=", self.0.token(&letters("/_"), 35))
            }
            Shape::Short => format!("https://clck.ru/{}", self.0.token(TOKEN, 6)),
        };
        InviteAddress::parse(&text).ok().map(|(address, _)| address)
    }
}
