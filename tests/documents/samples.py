"""Files as people send them, and as they should not: made here, byte by byte."""

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

NUMBER = "01819010001"
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c4944415408d763f8cfc000000301010018dd8db0"
    "0000000049454e44ae426082"
)
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
TYPES = "<Types xmlns='http://schemas.openxmlformats.org/package/2006/content-types'/>"


def container(parts: dict[str, str | bytes]) -> bytes:
    """A zip with these parts."""
    held = BytesIO()
    with ZipFile(held, "w", ZIP_DEFLATED) as file:
        for name, content in parts.items():
            file.writestr(name, content)
    return held.getvalue()


def docx(*runs: str, **parts: str) -> bytes:
    """A Word file with one paragraph of these runs."""
    body = "".join(f"<w:r><w:t>{run}</w:t></w:r>" for run in runs)
    document = f"<w:document xmlns:w='{WORD}'><w:body><w:p>{body}</w:p></w:body></w:document>"
    more = {name.replace("__", "/"): content for name, content in parts.items()}
    return container({"[Content_Types].xml": TYPES, "word/document.xml": document} | more)


def xlsx(value: str) -> bytes:
    """An Excel file with one cell."""
    sheet = f"<worksheet><sheetData><row><c><v>{value}</v></c></row></sheetData></worksheet>"
    parts = {"[Content_Types].xml": TYPES, "xl/workbook.xml": "<workbook/>", "xl/worksheets/sheet1.xml": sheet}
    return container(parts)


def odt(text: str) -> bytes:
    """An OpenDocument text with one paragraph."""
    content = f"<o:body xmlns:o='urn:o' xmlns:text='urn:t'><text:p>{text}</text:p></o:body>"
    return container({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": content})


def pdf(text: str = "Saksframlegg") -> bytes:
    """A PDF with one line."""
    from pikepdf import Dictionary, Name, Pdf, Stream

    made = Pdf.new()
    page = made.add_blank_page(page_size=(300, 300))
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    page.Resources = Dictionary(Font=Dictionary(F1=font))
    page.Contents = Stream(made, f"BT /F1 12 Tf 20 150 Td ({text}) Tj ET".encode())
    held = BytesIO()
    made.save(held, deterministic_id=True)
    return held.getvalue()


def locked_pdf() -> bytes:
    """A PDF that asks for a password."""
    from pikepdf import Encryption, Pdf

    held = BytesIO()
    with Pdf.open(BytesIO(pdf())) as plain:
        plain.save(held, encryption=Encryption(user="hemmelig", owner="hemmelig"))
    return held.getvalue()
