//! «Ссылка утекла»: the memo and the text for parents.

use sferum_console::documents::{compose_leak_memo, compose_leak_notice, docx_file};
use sferum_console::names::Role;
use sferum_console::register::InviteId;

use super::reading::{ADDRESSES, School, TODAY, assert_without_addresses, text_of};

#[test]
fn what_is_known_is_told_and_the_rest_is_blank() {
    let mut school = School::new();
    let link = school.link(ADDRESSES[0], Role::Parent, |_| {});
    school.expose(link, &format!("выложена в открытой группе: {}", ADDRESSES[0]));
    let memo = compose_leak_memo(&school.register, link, TODAY).expect("there is such a link");
    let notice = compose_leak_notice(&school.register, link, TODAY).expect("there is such a link");
    let text = memo.to_text();
    for wanted in [
        "Зорина Алла Геннадьевна",
        "Ссылка № 1 (адрес оканчивается на …BcZq) в класс 7Б",
        "передана 3 сентября 2026 г., через классного руководителя",
        "20 ноября 2026 г.: выложена в открытой группе: …BcZq.",
        "Ссылка аннулирована в кабинете «___» ____________ 20___ г.",
        "Состав сверен со списком «___»",
    ] {
        assert!(text.contains(wanted), "{wanted} is missing in {text}");
    }
    assert!(notice.to_text().contains("Участие остаётся добровольным"));
    for composed in [&memo, &notice] {
        let docx = docx_file(composed).expect("written");
        assert_without_addresses(&school.register, &docx);
        assert!(!text_of(&docx).contains('!'));
    }
    school.revoke(link, TODAY, "exposed");
    let text = compose_leak_memo(&school.register, link, TODAY).expect("it stays").to_text();
    assert!(text.contains("Ссылка аннулирована в кабинете 22 ноября 2026 г., Журавский О. Д."), "{text}");
    assert!(compose_leak_memo(&school.register, InviteId(77), TODAY).is_none());
}
