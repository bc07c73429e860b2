//! `--help` and `--version`.

use super::arguments::{Command, commands, usage_line};
use crate::roster::Field;

const COMMON: &str = "\
Общие ключи:
  --today ГГГГ-ММ-ДД   считать этот день сегодняшним
  --password-stdin     взять пароль файла из первой строки ввода
  --actor ИМЯ          кто действует: попадёт в журнал
  --year 2026/2027     учебный год для --group (обычно текущий)
  --unit КОРПУС        корпус для --group: название, номер или «нет»
  --allow-network      писать в файл на сетевом диске (обычно он открыт только для чтения)
  --json               то же в JSON, где что-то перечисляется
  --help, --version

Даты: 2026-10-12, 12.10.2026, 12.10, «12 окт», «вчера».
Коды выхода: 0 сделано, 1 не получилось, 2 ошибка в команде или подходит несколько (они перечислены), 3 файл
открыт в другом месте, 10 есть ссылки, которые пора проверить (links --flagged).
";

/// The options of `import`; there are too many for its line.
const IMPORT: &str = "\
Как прочитать список:
  --role РОЛЬ             кто в списке, если в нём это не написано: student, parent, teacher, employee
  --group КЛАСС           класс всех строк
  --sheet ИМЯ|all         лист книги; all: все листы, имя листа это класс
  --map \"СТОЛБЕЦ=поле\"   что в столбце; столбец по заголовку или номеру (\"#3=group\"); можно повторять
  --encoding КОДИРОВКА    utf-8, windows-1251, ibm866, koi8-r, …
  --header-row СТРОКА     номер строки с заголовками
Что с ним сделать:
  --scope additions|groups|full   только новенькие; полный список этих классов; вся школа
  --confirm-departures ЧИСЛО      отметить выбывшими всех, кого нет в файле; число должно совпасть
  --accept-renames                принять все предложенные смены фамилий
  --join-families                 объединить взрослых, похожих на одного человека
  --on ДАТА                       день переводов и выбытия
  --order \"№ 12 от 01.09.2026\"   приказ для них
  --problems ФАЙЛ.csv             записать строки с замечаниями, чтобы исправить и загрузить снова
  --dry-run                       только показать, что изменится
Что было сказано о таких же списках, берётся как в прошлый раз; ключ сильнее.

Поля для --map: ";

/// The options of `document` by kind.
const DOCUMENT: &str = "\
Вид документа и его ключи; формат берётся из окончания --out (.docx, .xlsx, .csv):
  revocation-act   акт об аннулировании: --from ДАТА --to ДАТА --commission \"ФИО, должность; ФИО\" (docx)
  link-register    реестр ссылок: --group КЛАСС --role РОЛЬ --with-addresses (xlsx, docx, csv)
  qr-cards         карточки с QR-кодом: --group КЛАСС --role РОЛЬ (docx)
                   --per-person: по одной на каждого, кто ещё не внутри; --with-names: и с именами
  class-sheet      лист класса: --group КЛАСС (docx, xlsx, csv); без --group и с папкой в --out: все классы, xlsx
                   заполненный лист читает команда summary с ключом --sheet
  leak-memo        служебная записка о ссылке, попавшей к посторонним: --link НОМЕР (docx)
  leak-notice      сообщение о ней для родителей: --link НОМЕР (docx)
  head-report      отчёт для руководителя: --to ДАТА, --from ДАТА: с чем сравнить (docx, xlsx)
  class-passport   паспорт класса: --group КЛАСС (docx, xlsx)
  responsible-list перечень ответственных для сайта (docx, xlsx)
  handover         передача дел новому администратору: --name ФИО (docx)
  inspection-folder
                   папка проверки: --on ДАТА: ссылки на этот день, --from ДАТА: аннулированные с неё (docx)
  order-administrator, order-class-teachers, local-act, parents-information
                   проекты: приказ об администраторе, приказ о классных руководителях (ещё и xlsx), локальный акт,
                   информация для родителей (docx)
Адреса ссылок есть только в карточках и в реестре с --with-addresses.

";

/// How the reminder gets into the system's scheduler.
const REMIND: &str = "\
Печатает строку на каждый файл, который открывали в программе, и показывает уведомление, если что-то ждёт. Сами файлы
не открывает и в сеть не ходит: дата и число дел записаны при последней работе с файлом.

Каждое утро в 8:30:
  Windows:  schtasks /create /tn Sferum /sc daily /st 08:30 /tr \"ПУТЬ\\sferum-console.exe remind\"
  Linux:    crontab -e, затем строка  30 8 * * 1-5  ПУТЬ/sferum-console remind
            (уведомление из cron видно, если в его строке задан DBUS_SESSION_BUS_ADDRESS; надёжнее таймер systemd --user)

";

/// What erasing means.
const ERASE: &str = "\
Удаляет данные тех, кто выбыл до названного дня и больше ничем с организацией не связан (статья 21 152-ФЗ). Срок задаёте
вы в настройках, программа предлагает 12 месяцев: норма его не называет. Удаление нельзя отменить; в журнале остаются
номера. Без --confirm команда только показывает список.
  --act ПУТЬ.docx      акт об уничтожении; --commission и --order впишутся в него
  --events ПУТЬ.csv    выгрузка из журнала событий (приказ Роскомнадзора № 179), тоже в .xlsx

";

/// Of `backup`, `backups` and `restore`.
const BACKUPS: &str = "\
Папка: --to, иначе выбранная в окне для этого файла, иначе «Резервные копии» рядом с файлом. Имя копии: имя файла,
день и время. Копия делается и сама: в первое открытие дня и перед загрузкой списка, если с прошлой что-то изменилось.
Старые копии прореживаются: две недели по дням, два месяца по неделям, год по месяцам.

";

/// What `password` reads.
const PASSWORD: &str = "\
Пароли и код берутся из строк ввода, по одному в строке; ключом их передать нельзя:
  set       1: новый пароль
  change    1: прежний пароль, 2: новый
  recover   1: код восстановления, 2: новый пароль
Пароль не короче 10 знаков, не из тех, что подбирают первыми. Каждый раз выдаётся новый код восстановления, прежний
больше не действует; --code-out записывает лист с ним для сейфа (в выводе код есть всегда).

";

/// The options of `year`.
const YEAR: &str = "\
  plan    показать, что станет с каждой группой; ничего не записывается
  apply   записать одной записью журнала; ключи те же
  undo    отменить последний переход, целиком или (--group КЛАСС) для одного класса
  --to-year 2027          новый учебный год; обычно следующий
  --on ДАТА               первый день в новых группах; обычно 1 сентября, раньше него сегодня
  --set \"9А=10А\"         что станет с группой: название (одинаковые объединяются), keep, graduate, dissolve,
                          leave-out; группа по названию или номеру (\"№7=6А\"); можно повторять
  --pupil \"117=5А\"       кто не идёт со своим классом: номер человека и класс, graduate или leave; можно повторять
  --accept-proposals      где название не решает, взять предложенное: девятые и четвёртые курсы выпускаются
  --from СПИСОК           список нового года: классы узнаются по общим ученикам; ключи чтения как у import
Ссылки прошлого года сами не аннулируются: они встают в очередной разбор ссылок.

";

/// The help: of everything, or of one command.
pub(super) fn text(command: Option<&Command>) -> String {
    match command {
        Some(command) => {
            let options = match command.words {
                "import" => format!("{IMPORT}{}.\n\n", Field::codes().join(", ")),
                "document" => DOCUMENT.to_owned(),
                "password" => PASSWORD.to_owned(),
                "remind" => REMIND.to_owned(),
                "erase" => ERASE.to_owned(),
                "backup" | "backups" | "restore" => BACKUPS.to_owned(),
                "year" => YEAR.to_owned(),
                _ => String::new(),
            };
            format!("{}\n\n  {}\n\n{options}{COMMON}", usage_line(command).trim_start(), command.about)
        }
        None => {
            let mut text = String::from(
                "Консоль администратора Сферума: реестр классов, людей и ссылок рядом с кабинетом. Работает без сети.\n\n",
            );
            let window = commands().rev().take(1);
            for command in window.chain(commands().filter(|command| !command.words.is_empty())) {
                text.push_str(&format!("{}\n      {}\n", usage_line(command), command.about));
            }
            text.push('\n');
            text.push_str(COMMON);
            text
        }
    }
}

/// Name and version.
pub(super) fn version() -> String {
    format!("Консоль администратора Сферума, версия {}\n", env!("CARGO_PKG_VERSION"))
}
