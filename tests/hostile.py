"""Hostile and odd inputs, made by code: the files of each, and what the report must say of it."""

from __future__ import annotations

import bz2
import gzip
import io
import json
import lzma
import os
import tarfile
import warnings
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from email.message import EmailMessage
from pathlib import Path

import docx
from pypdf import PdfWriter
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

PROSE = (
    "Rebels attacked the harbour of Brod on 3 March 2011, and at least twelve soldiers were killed. "
    "The government said on Friday that it would send two more brigades to the northern region."
)
OTHER = "Dockers marched through the old town on Sunday and demanded an end of the fighting in the hills."


@dataclass(frozen=True, kw_only=True)
class Case:
    """Files by name, or what makes them in a folder; how many articles come of it, and a line of the report for each
    input that gives none: a word that it must hold."""

    name: str
    files: dict[str, bytes] | Callable[[Path], None]
    articles: int = 0
    report: tuple[str, ...] = ()
    says: str = PROSE[:40]
    """What each article must hold."""


def one(
    name: str, content: bytes | str, *report: str, articles: int = 0, says: str = PROSE[:40]
) -> Case:
    data = content.encode() if isinstance(content, str) else content
    label = f"{name}: {report[0] if report else 'read'}"
    return Case(name=label, files={name: data}, articles=articles, report=report, says=says)


def read(name: str, content: bytes | str, articles: int = 1, says: str = PROSE[:40]) -> Case:
    return one(name, content, articles=articles, says=says)


# --- builders ---------------------------------------------------------------------------------------


def zipped(members: dict[str, bytes | str], *, packing: int = zipfile.ZIP_DEFLATED) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", packing) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return stream.getvalue()


def zip_flags(
    content: bytes, *, encrypted: bool = False, crc: bool = False, method: int = 0
) -> bytes:
    """A ZIP of one stored file, its header bent."""
    data = bytearray(content)
    for signature, flags, at_method, at_crc in (
        (b"PK\x03\x04", 6, 8, 14),
        (b"PK\x01\x02", 8, 10, 16),
    ):
        at = data.index(signature)
        data[at + flags] |= encrypted
        if method:
            data[at + at_method] = method
        if crc:
            data[at + at_crc] ^= 0xFF
    return bytes(data)


def zip_link(target: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        info = zipfile.ZipInfo("link.txt")
        info.external_attr = 0o120777 << 16
        archive.writestr(info, target)
    return stream.getvalue()


def zip_twice() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for text in (PROSE, PROSE + " " + OTHER):
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                archive.writestr("a.txt", text)
    return stream.getvalue()


def nameless() -> bytes:
    """A ZIP that holds a file without a name, beside another."""
    data = bytearray(zipped({"a.txt": PROSE, "b": OTHER}))
    at = data.rindex(b"PK\x01\x02")
    data[at + 28 : at + 30] = b"\0\0"
    data[at + 46 : at + 47] = b""
    size = len(data) - data.index(b"PK\x01\x02") - 22
    end = data.rindex(b"PK\x05\x06")
    data[end + 12 : end + 16] = size.to_bytes(4, "little")
    return bytes(data)


def nested(levels: int) -> bytes:
    content: bytes | str = PROSE
    name = "a.txt"
    for level in range(levels):
        content, name = zipped({name: content}), f"{level}.zip"
    return content  # type: ignore[return-value]


def zip_quine_like() -> bytes:
    """A ZIP of ZIPs of ZIPs, sixteen wide: small, and a gigabyte in all."""
    inner = zipped({f"{number}.txt": b"a " * 2**19 for number in range(16)})
    middle = zipped({f"{number}.zip": inner for number in range(16)})
    return zipped({f"{number}.zip": middle for number in range(8)})


def overlapping(count: int) -> bytes:
    """A ZIP whose directory lists one packed megabyte `count` times."""
    data = bytearray(zipped({"a.txt": os.urandom(2**16).hex() * 6}))
    directory = data.index(b"PK\x01\x02")
    end = data.index(b"PK\x05\x06")
    entry = bytes(data[directory:end])
    entries = b"".join(entry[:46] + b"%05d" % number + entry[51:] for number in range(count))
    tail = bytearray(data[end:])
    tail[8:12] = count.to_bytes(2, "little") * 2
    tail[12:16] = len(entries).to_bytes(4, "little")
    return bytes(data[:directory]) + entries + bytes(tail)


def tarred(
    members: dict[str, bytes | str], mode: str = "w", *, kind: bytes = tarfile.REGTYPE
) -> bytes:
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode=mode) as archive:  # type: ignore[call-overload]
        for name, content in members.items():
            info = tarfile.TarInfo(name)
            data = content.encode() if isinstance(content, str) else content
            info.type, info.linkname = kind, "/etc/passwd"
            info.size = len(data) if kind == tarfile.REGTYPE else 0
            archive.addfile(info, io.BytesIO(data))
    return stream.getvalue()


def pdf(*lines: str, packed: bytes = b"", password: str = "", pages: int = 1) -> bytes:
    writer = PdfWriter()
    for _ in range(pages):
        page = writer.add_blank_page(612, 792)
        font = DictionaryObject(
            {
                NameObject("/Type"): NameObject("/Font"),
                NameObject("/Subtype"): NameObject("/Type1"),
                NameObject("/BaseFont"): NameObject("/Helvetica"),
            }
        )
        page[NameObject("/Resources")] = DictionaryObject(
            {NameObject("/Font"): DictionaryObject({NameObject("/F1"): font})}
        )
        drawn = " ".join(
            f"1 0 0 1 40 {720 - 20 * at} Tm ({line}) Tj" for at, line in enumerate(lines)
        )
        stream = DecodedStreamObject()
        stream.set_data(packed or f"BT /F1 9 Tf {drawn} ET".encode("latin-1"))
        page[NameObject("/Contents")] = writer._add_object(stream.flate_encode())
    if password:
        writer.encrypt(password, algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def pdf_loop() -> bytes:
    """A PDF whose tree of pages holds itself."""
    return (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
        b"2 0 obj<</Type/Pages/Kids[2 0 R]/Count 1>>endobj\ntrailer<</Root 1 0 R/Size 3>>\n%%EOF"
    )


def pdf_deep(depth: int) -> bytes:
    return (
        b"%PDF-1.4\n1 0 obj\n"
        + b"[" * depth
        + b"]" * depth
        + b"\nendobj\ntrailer<</Root 1 0 R>>\n%%EOF"
    )


def word(*paragraphs: str) -> bytes:
    document = docx.Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def word_with(part: str, content: bytes) -> bytes:
    """A Word document with one of its parts replaced."""
    source = zipfile.ZipFile(io.BytesIO(word(PROSE)))
    members = {info.filename: source.read(info) for info in source.infolist()}
    return zipped({**members, part: content})  # type: ignore[dict-item]


def page(body: str, head: str = "") -> str:
    return f"<!doctype html><html><head><title>Attack on Brod</title>{head}</head><body>{body}</body></html>"


ARTICLE = f"<article><h1>Attack on Brod</h1><p>{PROSE}</p><p>{OTHER}</p></article>"


def mail(
    text: str = PROSE, html: str = "", attached: dict[str, bytes] | None = None, **headers: str
) -> bytes:
    message = EmailMessage()
    for name, value in {
        "Subject": "Attack",
        "Date": "Sat, 05 Mar 2011 10:00:00 +0000",
        **headers,
    }.items():
        message[name] = value
    if text:
        message.set_content(text)
    if html:
        message.add_alternative(html, subtype="html") if text else message.set_content(
            html, subtype="html"
        )
    for name, content in (attached or {}).items():
        message.add_attachment(
            content, maintype="application", subtype="octet-stream", filename=name
        )
    return message.as_bytes()


def rss(*items: str, head: str = "") -> str:
    return f'<?xml version="1.0"?>{head}<rss version="2.0"><channel><title>Post</title>{"".join(items)}</channel></rss>'


def item(text: str = PROSE, day: str = "Sat, 05 Mar 2011 10:00:00 GMT") -> str:
    return f"<item><title>Attack</title><pubDate>{day}</pubDate><description><![CDATA[{text}]]></description></item>"


def warc(*records: tuple[str, str, bytes], packed: bool = False) -> bytes:
    """Records of status line, content type and content."""
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=packed)
    for number, (status, kind, content) in enumerate(records):
        headers = StatusAndHeaders(status, [("Content-Type", kind)], protocol="HTTP/1.1")
        record = writer.create_warc_record(
            f"http://news.example/{number}",
            "response",
            payload=io.BytesIO(content),
            http_headers=headers,
        )
        writer.write_record(record)
    return out.getvalue()


LAUGHS = "<!DOCTYPE a [" + '<!ENTITY a0 "ha">' + "".join(
    f'<!ENTITY a{level} "{f"&a{level - 1};" * 10}">' for level in range(1, 12)
) + "]>"  # fmt: skip
YAML_LAUGHS = (
    "---\na0: &a0 [x, x]\n" + "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 10))
    + "title: *a9\n---\n"
)  # fmt: skip
TABLE = "text,date\n"
DAYS = "2011-03-05"
GERMAN = "Die Rebellen haben am Donnerstag die Stadt angegriffen und dabei sind nach Angaben der Regierung mehr als zwölf Soldaten getötet worden, die in der Stadt waren."
FOREIGN = {
    "German": GERMAN,
    "French": "Les rebelles ont attaqué la ville jeudi et au moins douze soldats ont été tués dans les combats, selon le gouvernement qui a envoyé des renforts dans le nord du pays.",
    "Spanish": "Los rebeldes atacaron la ciudad el jueves y al menos doce soldados murieron en los combates, según el gobierno, que ha enviado refuerzos al norte del país para la defensa de la capital.",
    "Italian": "I ribelli hanno attaccato la città giovedì e almeno dodici soldati sono stati uccisi nei combattimenti, secondo il governo che ha inviato i rinforzi nel nord del paese per la difesa.",
    "Portuguese": "Os rebeldes atacaram a cidade na quinta-feira e pelo menos doze soldados foram mortos nos combates, segundo o governo, que não disse quando vai enviar mais tropas para o norte do país.",
    "Dutch": "De rebellen hebben donderdag de stad aangevallen en daarbij zijn volgens de regering meer dan twaalf soldaten gedood, die in de stad waren om de haven te verdedigen tegen de aanval.",
    "Polish": "Rebelianci zaatakowali w czwartek miasto i według rządu zginęło co najmniej dwunastu żołnierzy, którzy byli w mieście, a dwie brygady zostały wysłane na północ kraju, aby się bronić.",
    "Turkish": "İsyancılar perşembe günü kente saldırdı ve hükümete göre en az on iki asker öldü, bu saldırıdan sonra ülkenin kuzeyine daha çok asker gönderildi ve bir çok ev de yandı.",
    "Russian": "Повстанцы в четверг напали на город, и по данным правительства, в боях погибли не менее двенадцати солдат, которые были в городе, а на север страны были отправлены две бригады.",
    "Ukrainian": "Повстанці в четвер напали на місто, і за даними уряду, у боях загинули щонайменше дванадцять солдатів, які були в місті, а на північ країни було відправлено ще дві бригади.",
    "Arabic": "هاجم المتمردون المدينة يوم الخميس وقتل ما لا يقل عن اثني عشر جنديا في القتال وفقا لما قالته الحكومة التي أرسلت تعزيزات إلى شمال البلاد من أجل الدفاع عن العاصمة",
    "Persian": "شورشیان روز پنجشنبه به شهر حمله کردند و به گفته دولت دست کم دوازده سرباز در این درگیری کشته شدند و دو تیپ دیگر به شمال کشور برای دفاع از پایتخت فرستاده شد",
    "Hebrew": "המורדים תקפו את העיר ביום חמישי ולפי הממשלה לפחות שנים עשר חיילים נהרגו בקרבות, והממשלה אמרה כי היא תשלח עוד שתי חטיבות אל צפון המדינה כדי להגן על הבירה",
    "Greek": "Οι αντάρτες επιτέθηκαν στην πόλη την Πέμπτη και σύμφωνα με την κυβέρνηση τουλάχιστον δώδεκα στρατιώτες σκοτώθηκαν στις μάχες που έγιναν για το λιμάνι και για την πόλη",
    "Chinese": "反叛武装星期四袭击了这座城市，政府表示至少有十二名士兵在战斗中丧生，并将向北部地区增派两个旅。",
    "Japanese": "反政府勢力は木曜日に町を攻撃し、政府によると少なくとも十二人の兵士が戦闘で死亡した。政府は北部にさらに二つの旅団を送る。",
    "Korean": "반군은 목요일 도시를 공격했으며 정부에 따르면 전투에서 최소 열두 명의 군인이 사망했고 정부는 북부 지역에 두 개 여단을 더 보낼 것이라고 밝혔다.",
    "Devanagari": "विद्रोहियों ने गुरुवार को शहर पर हमला किया और सरकार के अनुसार लड़ाई में कम से कम बारह सैनिक मारे गए, और सरकार ने कहा कि वह देश के उत्तर में दो और ब्रिगेड भेजेगी।",
    "Thai": "กลุ่มกบฏโจมตีเมืองเมื่อวันพฤหัสบดีและทหารอย่างน้อยสิบสองนายเสียชีวิตในการสู้รบตามรายงานของรัฐบาล",
    "Swedish": "Rebellerna anföll staden på torsdagen och enligt regeringen dödades minst tolv soldater i striderna, som var de värsta sedan kriget började, och det är inte klart vem som har hamnen.",
    "Indonesian": "Para pemberontak menyerang kota itu pada hari Kamis dan menurut pemerintah sedikitnya dua belas tentara tewas dalam pertempuran yang terjadi di pelabuhan dan akan mengirim pasukan ke utara.",
}  # fmt: skip
DEEP_HTML = page("<div>" * 30_000 + ARTICLE + "</div>" * 30_000)
SPANISH_MENU = "Inicio\n\nNoticias\n\n"


def changing(folder: Path) -> None:
    (folder / "whole.txt").write_text(PROSE)


def encodings() -> list[Case]:
    text = f"Kata’ib – “{PROSE}”"
    cafe = f"Les députés de Zürich, très émus. {PROSE}"
    return [
        read("utf8.txt", text),
        read("utf8-mark.txt", text.encode("utf-8-sig")),
        read("utf16.txt", text.encode("utf-16")),
        read("utf16be.txt", b"\xfe\xff" + text.encode("utf-16-be")),
        read("utf32.txt", text.encode("utf-32")),
        read("windows-punctuation.txt", text.encode("windows-1252")),
        one("latin1.txt", cafe.encode("latin-1"), "is not UTF-8"),
        one(
            "windows-1251.txt",
            ("Повстанцы напали. " * 5 + PROSE).encode("windows-1251"),
            "is not UTF-8",
        ),
        one(
            "shift-jis.txt", ("反政府勢力は町を攻撃した。" * 5).encode("shift-jis"), "is not UTF-8"
        ),
        one("gb18030.txt", ("反叛武装袭击了这座城市。" * 5).encode("gb18030"), "is not UTF-8"),
        one(
            "mixed.txt",
            f"{PROSE} é".encode() + " für ".encode("latin-1") + b"\xff\xfe",
            "is not UTF-8",
        ),
        one("cut.txt", f"{PROSE} é".encode()[:-1], "is not UTF-8"),
        one("overlong.txt", PROSE.encode() + b"\xc0\xaf", "is not UTF-8"),
        one("surrogates.txt", PROSE.encode() + b"\xed\xa0\x80", "is not UTF-8"),
        one("utf16-odd.txt", b"\xff\xfe" + PROSE.encode("utf-16-le") + b"\x00", "is not UTF-16"),
        one("utf16-no-mark.txt", PROSE.encode("utf-16-le"), "binary"),
        read("nul.txt", f"{PROSE}\0{OTHER}"),
        one("nuls.txt", b"\0" * 5000, "binary"),
        read("controls.txt", f"{PROSE}\x07\x1b[31m{OTHER}"),
        read("rtl.txt", f"\u202e\u200f{PROSE}\u202c\u2066"),
        read("combining.txt", PROSE + " Zal" + "\u0301" * 500 + "go."),
        read("zero-width.txt", PROSE + "\u200b\u200d\ufeff\u2060"),
        read("astral.txt", f"{PROSE} 😀🏴󠁧󠁢󠁥󠁮󠁧󠁿 𝕭𝖗𝖔𝖉"),
        read("carriage.txt", PROSE + "\r" + OTHER),
        read("separators.txt", f"{PROSE}\u2028{OTHER}\x0b\x0c\x85"),
        read("noncharacters.txt", f"{PROSE}\ufffe\uffff\U0010ffff"),
    ]


def texts() -> list[Case]:
    return [
        one("empty.txt", b"", "empty"),
        one("blank.txt", b" \r\n\t\n ", "empty"),
        one("mark-only.txt", b"\xef\xbb\xbf", "empty"),
        one("dots.txt", "... --- ...\n***\n", "empty"),
        one("ten-megabytes.txt", (PROSE + " ") * 56_000, "million characters"),
        read("a-megabyte.txt", (PROSE + " ") * 3000),
        read("newlines.txt", "\n" * 300_000 + PROSE),
        read("short-lines.txt", "\n".join(["a"] * 20_000) + "\n\n" + PROSE),
        one("letters.txt", "A" * 3_000_000, "million characters"),
        one("seventy-megabytes.txt", b"a " * (35 * 2**20), "larger than 64 MB"),
        read("header-laughs.txt", YAML_LAUGHS + PROSE),
        read("header-deep.txt", "---\ntitle: " + "[" * 9000 + "\n---\n" + PROSE),
        read("header-broken.txt", "---\ntitle: : :\n\t- x\n---\n" + PROSE),
        read(
            "header-tag.txt", "---\ntitle: !!python/object/apply:os.system ['true']\n---\n" + PROSE
        ),
        read("header-date-0.txt", "---\ndate: 0000-00-00\n---\n" + PROSE),
        one(
            "header-date-9999.txt",
            "---\ndate: 9999-12-31\n---\n" + PROSE,
            "tells no day",
            articles=1,
        ),
        one(
            "header-date-big.txt",
            "---\ndate: 99999999999999999999-01-01\n---\n" + PROSE,
            "tells no day",
            articles=1,
        ),
        read("header-date-feb.txt", "date 2011-02-30 " + PROSE),
        read("header-open.txt", "---\ntitle: never closed\n" + PROSE),
        read("hashes.md", "#" * 100_000 + "\n\n" + PROSE),
        read("quotes.md", "> " * 20_000 + "\n\n" + PROSE),
        read("brackets.txt", "(" * 50_000 + PROSE),
        read("bars.txt", "a | " * 30_000 + "\n\n" + PROSE),
        read("by.txt", "By " + "A, " * 100 + "\n\n" + PROSE),
        one("picture.txt", b"\x89PNG\r\n\x1a\n" + b"\0" * 100, "PNG"),
        one("pdf.txt", pdf(PROSE), "a PDF"),
        one("zip.txt", zipped({"a.txt": PROSE}), "ZIP"),
        one("program.txt", b"\x7fELF" + b"\0\1" * 500, "program"),
        one("noise.txt", bytes(range(256)) * 50, "binary"),
        one("article.doc", b"\xd0\xcf\x11\xe0" + b"\0" * 600, "unknown format .doc"),
        one("article.exe", PROSE, "unknown format .exe"),
        read("no-suffix", PROSE),
        read("ABC19980108.1830", PROSE),
        read("UPPER.TXT", PROSE),
        read("page-in-text.txt", page(ARTICLE)),
    ]


def tables() -> list[Case]:
    row = json.dumps({"text": PROSE, "date": DAYS})
    return [
        read("a.jsonl", f'{row}\n{row[:-1]}, "title": "x"}}\n', 2),
        one("half.jsonl", f'{row}\n{{"text": "{PROSE}', "line 2", articles=1),
        one("not.jsonl", "this is no JSON\n", "not valid JSON"),
        one("numbers.jsonl", "1\n2\n", "article 1", "article 2"),
        one("null.jsonl", '{"text": null}\n{"text": 5}\n', "article 1", "article 2"),
        one("deep.jsonl", "[" * 100_000 + "\n" + row, "line 1", articles=1),
        one("big-number.jsonl", '{"text": ' + "9" * 10_000 + "}\n", "line 1"),
        read("surrogates.jsonl", '{"text": "\\ud800 ' + PROSE + '"}\n'),
        read("twice-a-key.jsonl", '{"text": "", "text": "' + PROSE + '"}\n'),
        read("nul.jsonl", '{"text": "\\u0000' + PROSE + '"}\n'),
        one(
            "latin.jsonl",
            row.encode() + b"\n" + '{"text": "été"}'.encode("latin-1"),
            "line 2",
            articles=1,
        ),
        read("mark.jsonl", b"\xef\xbb\xbf" + row.encode()),
        one("blank.jsonl", "\n\n", "no article"),
        read("list.json", f'[{row}, {row[:-1]}, "title": "x"}}]', 2),
        read("inner.json", json.dumps({"data": {"articles": [{"body": PROSE}]}})),
        read("paragraphs.json", json.dumps({"content": [PROSE, OTHER]})),
        read("unnamed.json", json.dumps({"xyz": PROSE})),
        one("empty.json", "", "empty"),
        one("list-empty.json", "[]", "no article"),
        one("cut.json", '[{"text": "abc', "not valid JSON"),
        one("deep.json", "[" * 200_000, "not valid JSON"),
        one("laughs.json", '{"a":' * 50_000 + "1" + "}" * 50_000, "not valid JSON"),
        one("nan.json", "NaN", "not an object"),
        read("date.json", json.dumps({"text": PROSE, "date": {"$date": [[[]]]}})),
        one(
            "date-huge.json",
            json.dumps({"text": PROSE, "date": 10**30}),
            "tells no day",
            articles=1,
        ),
        read("a.csv", f'text,date\n"{PROSE}",{DAYS}\n'),
        read("semicolons.csv", f"date;text\n{DAYS};{PROSE}\n"),
        read("tabs.tsv", f"date\tbody\n{DAYS}\t{PROSE}\n"),
        read("guessed.csv", f'col1,col2\n{DAYS},"{PROSE}"\n'),
        read("newlines.csv", f'text,date\r\n"{PROSE}\r\n\r\n{OTHER}",{DAYS}\r\n'),
        read("utf16.csv", f'text,date\n"{PROSE}",{DAYS}\n'.encode("utf-16")),
        one("open-quote.csv", f'text,date\n"{PROSE}\n' + "x\n" * 1000, articles=1),
        read("extra.csv", f'text,date\n"{PROSE}",{DAYS},a,b,c\n'),
        read("short.csv", f'date,text\n"{PROSE}"\n'),
        one("no-text.csv", "a,b\n1,2\n", "no column of article text"),
        one("head-only.csv", "text,date\n", "no article"),
        one("empty.csv", "", "no column of article text"),
        one("nul.csv", f'text,date\n"{PROSE}\0",{DAYS}\n', articles=1),
        one("wide.csv", ",".join(["a"] * 100_000) + "\n", "no column of article text"),
        read("formula.csv", f'text,title\n"{PROSE}",=HYPERLINK("x")\n'),
    ]


def pages() -> list[Case]:
    return [
        read("a.html", page(ARTICLE)),
        one("tags.html", page(ARTICLE + "<i></i>" * 1_000_000), "300,000 tags"),
        read("attributes.html", page(f"<div {'a=1 ' * 100_000}>{ARTICLE}</div>")),
        one("deep.html", DEEP_HTML, "no article text"),
        one("unclosed.html", "<html><body>" + "<b>" * 20_000 + ARTICLE, "no article text"),
        one("endless-comment.html", page("<!-- " + ARTICLE), "no article text"),
        read(
            "script.html", page("<script>" + "var a = '<p>x</p>';" * 5000 + "</script>" + ARTICLE)
        ),
        one("entities.html", LAUGHS + page(ARTICLE), "no article text"),
        read("xhtml.xhtml", '<?xml version="1.0"?>' + page(ARTICLE)),
        read("charset-wrong.html", page(ARTICLE, '<meta charset="klingon">')),
        read("charset-utf7.html", page(ARTICLE, '<meta charset="utf-7">')),
        read("charset-base64.html", page(ARTICLE, '<meta charset="base64">')),
        read(
            "latin.html",
            page(f"{ARTICLE}<p>é</p>", '<meta charset="iso-8859-1">').encode("latin-1"),
        ),
        one("latin-undeclared.html", page(f"{ARTICLE}<p>é</p>").encode("latin-1"), "is not UTF-8"),
        read("nul.html", page(ARTICLE.replace("Brod", "Bro\0d"))),
        one(
            "menu.html",
            page("<nav><a href=/>Home</a> <a href=/x>World</a></nav>"),
            "no article text",
        ),
        one("empty.html", page(""), "no article text"),
        one("blank.html", "   ", "empty"),
        one("seventeen-megabytes.html", page(ARTICLE + "a" * (17 * 2**20)), "million characters"),
        read(
            "dates.html",
            page(ARTICLE, '<meta property="article:published_time" content="99999-99-99T99:99">'),
        ),
        read(
            "json-ld.html",
            page(ARTICLE, '<script type="application/ld+json">' + "[" * 50_000 + "</script>"),
        ),
        read("frames.html", page(f'<iframe src="file:///etc/passwd"></iframe>{ARTICLE}')),
        read(
            "base.html",
            page(
                ARTICLE, '<base href="http://127.0.0.1:1/"><link rel=canonical href="javascript:1">'
            ),
        ),
        read("doctype.html", '<!DOCTYPE html SYSTEM "file:///etc/passwd">' + page(ARTICLE)),
        one("tables.html", page("<table>" * 2000 + ARTICLE), "no article text"),
        one("binary.html", b"\0\1\2\3" * 2000, "binary"),
        read("svg.html", page(ARTICLE + "<svg>" + "<g>" * 5000 + "</svg>")),
        read("links.html", page(ARTICLE + '<a href="x">y</a>' * 20_000)),
    ]


def papers() -> list[Case]:
    return [
        read("a.pdf", pdf(PROSE[:95], PROSE[95:])),
        one("empty.pdf", b"", "empty"),
        one("half.pdf", pdf(PROSE)[:300], "PDF"),
        one("head.pdf", b"%PDF-1.7\n", "PDF"),
        one("text.pdf", PROSE, "PDF"),
        one("page.pdf", page(ARTICLE), "PDF"),
        one("encrypted.pdf", pdf(PROSE, password="secret"), "encrypted"),
        one("scan.pdf", pdf(packed=b"q 1 0 0 1 0 0 cm Q"), "no text"),
        one("loop.pdf", pdf_loop(), "PDF"),
        one("deep.pdf", pdf_deep(50_000), "PDF"),
        one("bomb.pdf", pdf(packed=b"BT " + b" " * (300 * 2**20) + b" ET"), "PDF"),
        one("filter.pdf", pdf(PROSE).replace(b"/FlateDecode", b"/FlatoDecode"), "PDF"),
        one("noise.pdf", b"%PDF-1.4\n" + bytes(range(256)) * 200, "PDF"),
        one("start.pdf", pdf(PROSE).replace(b"startxref", b"startxrex"), "PDF"),
        one("pages.pdf", pdf_loop().replace(b"/Count 1", b"/Count 99999999"), "PDF"),
        read("a.docx", word(PROSE, OTHER)),
        one("empty.docx", b"", "empty"),
        one("blank.docx", word(""), "no text"),
        one("half.docx", word(PROSE)[:2000], "Word"),
        one("zip.docx", zipped({"a.txt": PROSE}), "Word"),
        one("text.docx", PROSE, "Word"),
        one("old.docx", b"\xd0\xcf\x11\xe0" + b"\0" * 3000, "Word"),
        one("bomb.docx", zipped({"word/document.xml": b" " * (300 * 2**20)}), "far more"),
        one(
            "laughs.docx",
            word_with("word/document.xml", (LAUGHS + "<a>&a11;</a>").encode()),
            "docx",
        ),
        one("broken.docx", word_with("word/document.xml", b"<w:document><w:body>"), "docx"),
        one("noise.docx", word_with("word/document.xml", bytes(range(256))), "docx"),
        one("no-part.docx", word_with("[Content_Types].xml", b"<Types/>"), "docx"),
    ]


def mails() -> list[Case]:
    return [
        read("a.eml", mail()),
        read("html.eml", mail(text="", html=page(ARTICLE))),
        read("attached.eml", mail(attached={"b.txt": (PROSE + OTHER).encode()}), 2),
        read("attached-path.eml", mail(attached={"../../b.txt": (PROSE + OTHER).encode()}), 2),
        one("attached-bad.eml", mail(attached={"b.pdf": b"%PDF-1.4"}), "b.pdf", articles=1),
        one("attached-only.eml", mail(text="", attached={"b.exe": b"MZ"}), "no text"),
        one("empty.eml", b"", "empty"),
        one("headers.eml", b"Subject: x\r\nDate: y\r\n\r\n", "no text"),
        read("date.eml", mail(Date="Sat, 99 Foo 99999 99:99:99 +9999")),
        read("charset.eml", f"Content-Type: text/plain; charset=klingon\n\n{PROSE}"),
        read("base64.eml", b"Content-Type: text/plain\nContent-Transfer-Encoding: base64\n\nUmViZWxz!!!\n\n" + b"Cg==", says=""),
        read("subject.eml", b"Subject: =?utf-8?b?" + b"A" * 10_000 + b"?=\n\n" + PROSE.encode()),
        one("comments.eml", f"Content-Type: {'(' * 3000}\n\n{PROSE}", "e-mail"),
        one("parts.eml", b"Content-Type: multipart/mixed; boundary=x\n\n" + b"--x\n\n" * 20_000, "eml"),
        read("addresses.eml", f"From: {'(' * 3000}\nSubject: a\n\n{PROSE}"),
        read("a.mhtml", mail(text="", html=page(ARTICLE))),
    ]  # fmt: skip


def feeds() -> list[Case]:
    return [
        read("a.rss", rss(item())),
        read("a.xml", rss(item(), item(PROSE + OTHER)), 2),
        one("links.rss", rss("<item><title>Attack</title><link>http://a</link></item>"), "entry 1"),
        one("empty.rss", rss(), "no entry"),
        one("not.rss", "hello there", "not a readable feed"),
        one("laughs.rss", rss(item(), head=LAUGHS).replace("Post", "&a11;"), articles=1),
        read("outside.rss", rss(item(), head='<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>').replace("Post", "&x;")),
        read("date.rss", rss(item(day="Sat, 99 Foo 99999 99:99:99 GMT"))),
        read("unclosed.rss", rss(item())[:-20]),
        one("deep.rss", rss(item("<div>" * 5000 + PROSE + "</div>" * 5000)), "entry 1"),
        read("a.atom", f'<feed xmlns="http://www.w3.org/2005/Atom"><title>P</title><entry><title>A</title><content type="html">{PROSE}</content></entry></feed>'),
    ]  # fmt: skip


def crawls() -> list[Case]:
    good = ("200 OK", "text/html", page(ARTICLE).encode())
    return [
        read("a.warc", warc(good)),
        read("a.warc.gz", warc(good, packed=True)),
        one("errors.warc", warc(("404 Not Found", "text/html", page(ARTICLE).encode())), "no page"),
        one("pictures.warc", warc(("200 OK", "image/png", b"\x89PNG")), "no page"),
        one("half.warc.gz", warc(good, good, packed=True)[:-200], "half.warc.gz", articles=1),
        one(
            "no-address.warc", warc(good).replace(b"WARC-Target-URI", b"WARC-Target-XXX"), "damaged"
        ),
        one("not.warc", PROSE, "warc"),
        one(
            "menu.warc",
            warc(good, ("200 OK", "text/html", page("").encode())),
            "no article text",
            articles=1,
        ),
        read("length.warc", warc(good).replace(b"Content-Length: ", b"Content-Length: 9")),
    ]


def archives() -> list[Case]:
    stored = zipped({"a.txt": PROSE}, packing=zipfile.ZIP_STORED)
    return [
        read("a.zip", zipped({"a.txt": PROSE, "b/c.txt": PROSE + OTHER}), 2),
        read("two.zip", nested(2)),
        one("four.zip", nested(4), "deep"),
        read("up.zip", zipped({"../../../../etc/a.txt": PROSE})),
        read("absolute.zip", zipped({"/etc/a.txt": PROSE})),
        read("windows.zip", zipped({"C:\\Windows\\a.txt": PROSE})),
        read("devices.zip", zipped({"CON.txt": PROSE})),
        read("long-name.zip", zipped({"a" * 60_000 + ".txt": PROSE})),
        read("odd-name.zip", zipped({"\u202etxt.a\n\x1b[31m.txt": PROSE})),
        one("link.zip", zip_link("/etc/passwd"), "a link"),
        one("encrypted.zip", zip_flags(stored, encrypted=True), "encrypted"),
        one("crc.zip", zip_flags(stored, crc=True), "cannot be read"),
        one("method.zip", zip_flags(stored, method=99), "cannot be read"),
        one("bomb.zip", zipped({"a.txt": b"a" * (200 * 2**20)}), "unpacks to far more"),
        one("tight.zip", zipped({"a.txt": b"a" * (5 * 2**20), "b.txt": PROSE}), "unpacks to far more", articles=1),
        Case(name="zips in zips", files={"a.zip": zip_quine_like()}, report=("unpacks",) * 13),
        Case(name="overlapping.zip", files={"a.zip": overlapping(3000)}, report=("unpacks",)),
        read("nameless.zip", nameless()),
        one("empty.zip", zipped({}), "no files"),
        one("hidden.zip", zipped({"__MACOSX/a.txt": PROSE, ".b.txt": PROSE}), "no files"),
        one("half.zip", zipped({"a.txt": PROSE})[:60], "not a readable ZIP"),
        one("noise.zip", bytes(range(256)) * 20, "not a readable ZIP"),
        one("nothing.zip", b"", "not a readable ZIP"),
        read("prefixed.zip", b"#!/bin/sh\n" + zipped({"a.txt": PROSE})),
        Case(name="one name twice in a ZIP", files={"a.zip": zip_twice()}, articles=2),
        read("a.tar", tarred({"a.txt": PROSE})),
        read("a.tar.gz", tarred({"a.txt": PROSE}, "w:gz")),
        read("a.tar.bz2", tarred({"a.txt": PROSE}, "w:bz2")),
        read("a.txz", tarred({"a.txt": PROSE}, "w:xz")),
        read("up.tar", tarred({"../../a.txt": PROSE})),
        one("link.tar", tarred({"a.txt": b""}, kind=tarfile.SYMTYPE), "a link"),
        one("hard.tar", tarred({"a.txt": b""}, kind=tarfile.LNKTYPE), "a link"),
        one("device.tar", tarred({"a.txt": b""}, kind=tarfile.CHRTYPE), "a link"),
        one("bomb.tar.gz", tarred({"a.txt": b"a" * (70 * 2**20)}, "w:gz"), "unpacks to far more"),
        one("bomb.tar.xz", lzma.compress(tarred({"a.txt": b"a" * (70 * 2**20)}), preset=0), "unpacks to far more"),
        one("half.tar.gz", tarred({"a.txt": os.urandom(500).hex()}, "w:gz")[:200], "not a readable archive"),
        one("not.tar", PROSE * 10, "not a readable archive"),
        read("a.txt.gz", gzip.compress(PROSE.encode())),
        one("bomb.txt.gz", gzip.compress(b"a" * (70 * 2**20)), "larger than 64 MB"),
        one("half.txt.gz", gzip.compress(os.urandom(500))[:100], "not a readable archive"),
        one("not.txt.gz", PROSE, "not a readable archive"),
        one("bz2.bz2", bz2.compress(PROSE.encode()), "unknown format .bz2"),
    ]  # fmt: skip


def languages() -> list[Case]:
    found = [one(f"{name}.txt", text, name) for name, text in FOREIGN.items()]
    return [
        *found,
        one("german-page.html", page(f"<article><h1>Angriff</h1><p>{GERMAN}</p><p>{GERMAN}</p></article>"), "in German"),
        read("english-with-quote.txt", f"{PROSE} {OTHER}\n\n“{GERMAN[:60]}”, he said in German."),
        read("spanish-menu.txt", f"{SPANISH_MENU}{PROSE}"),
        read("names.txt", "Kata’ib Hizbullah, Harakat al-Nujaba, Asa’ib Ahl al-Haq", says="Kata"),
        one("mixed.jsonl", json.dumps({"text": PROSE}) + "\n" + json.dumps({"text": GERMAN}), "in German", articles=1),
    ]  # fmt: skip


def linked(folder: Path) -> None:
    (folder / "a.txt").write_text(PROSE)
    (folder / "up").symlink_to(folder)
    (folder / "gone.txt").symlink_to(folder / "nowhere")
    (folder / "self.txt").symlink_to(folder / "self.txt")


def piped(folder: Path) -> None:
    (folder / "a.txt").write_text(PROSE)
    os.mkfifo(folder / "pipe.txt")


def device(folder: Path) -> None:
    (folder / "zero.txt").symlink_to("/dev/zero")


def odd_names(folder: Path) -> None:
    for number, name in enumerate(
        ("a\nb.txt", "-rf.txt", "\u202egpj.txt", "a" * 250 + ".txt", "*.txt")
    ):
        (folder / name).write_text(f"{PROSE} {'Again. ' * number}")
    Path(os.fsdecode(os.fsencode(folder) + b"/\xff\xfe.txt")).write_text(PROSE + OTHER)


def deep_folder(folder: Path) -> None:
    inner = folder.joinpath(*["d" * 20] * 50)
    inner.mkdir(parents=True)
    (inner / "a.txt").write_text(PROSE)


def copies(folder: Path) -> None:
    for name in ("a.txt", "b.txt", "c.txt"):
        (folder / name).write_text(PROSE)


def documentation(folder: Path) -> None:
    for name in ("README.md", ".hidden.txt", "a.txt~", "~$a.docx", "a.txt"):
        (folder / name).write_text(PROSE)


def folders() -> list[Case]:
    return [
        Case(name="links", files=linked, articles=1, report=("gone.txt", "self.txt")),
        Case(name="a pipe", files=piped, articles=1, report=("pipe",)),
        Case(name="an endless device", files=device, report=("device",)),
        Case(name="odd names", files=odd_names, articles=6),
        Case(name="a deep folder", files=deep_folder, articles=1),
        Case(name="copies", files=copies, articles=1, report=("the same article as a", "the same article as a")),
        Case(name="what is no article", files=documentation, articles=1),
        Case(name="an empty folder", files={}, report=("no files",)),
    ]  # fmt: skip


def make_cases() -> list[Case]:
    groups = (
        encodings,
        texts,
        tables,
        pages,
        papers,
        mails,
        feeds,
        crawls,
        archives,
        languages,
        folders,
    )
    cases = [case for group in groups for case in group()]
    # Named by number and not by content: some of it holds the time at which it was made.
    return [replace(case, name=f"{number} {case.name}") for number, case in enumerate(cases)]
