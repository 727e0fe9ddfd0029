"""Whether a template that was edited in Word can be used: it opens, brings nothing from outside, and speaks only of fields that there are.

Only texts, choices and loops over lists are let through; a template is no program (rendering.py renders in a sandbox besides).
"""

import zipfile
from io import BytesIO

from docx.opc.exceptions import PackageNotFoundError
from docxtpl import DocxTemplate
from jinja2 import TemplateSyntaxError, nodes

from petitions.core.words import Message, say
from petitions.letters import fields
from petitions.letters.kinds import KINDS
from petitions.letters.rendering import environment

MOST_BYTES = 2 * 1024 * 1024
MOST_UNPACKED = 12 * 1024 * 1024
MOST_PARTS = 200
PLAIN = (
    *(nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.Getattr, nodes.Getitem, nodes.Const, nodes.For, nodes.If, nodes.CondExpr),
    *(nodes.Compare, nodes.Operand, nodes.And, nodes.Or, nodes.Not, nodes.Filter, nodes.Test, nodes.Concat),
)
LOOP = frozenset({"first", "last", "index", "index0", "length"})
TOTALS = frozenset(fields.GROUPS)


def problems(content: bytes, kind: str) -> tuple[Message, ...]:
    """What stands against using `content` as template of `kind`; empty when nothing does."""
    if wrong := _outside(content):
        return (wrong,)
    try:
        document = DocxTemplate(BytesIO(content))
        document.init_docx()
        beside = (part for uri in (document.HEADER_URI, document.FOOTER_URI) for _, part in document.get_headers_footers(uri))
        texts = [document.patch_xml(xml) for xml in (document.get_xml(), *(document.get_part_xml(part) for part in beside))]
    except (PackageNotFoundError, KeyError, ValueError, SyntaxError, zipfile.BadZipFile):
        return (say("Tệp không mở được như một văn bản Word (.docx). Hãy lưu lại bằng Word rồi tải lên."),)
    found: list[Message] = []
    for xml in texts:
        try:
            found += _speech(environment().parse(xml), kind)
            environment().compile(xml)  # filters and tests that there are not
        except TemplateSyntaxError as problem:
            found.append(say("Chỗ điền viết sai: {why}.", why=str(problem.message)))
    return tuple(dict.fromkeys(found)) or _needs(texts, kind)


def _outside(content: bytes) -> Message | None:
    """Size, macros, pictures and templates fetched from elsewhere."""
    if len(content) > MOST_BYTES:
        return say("Mẫu văn bản lớn hơn {n} MB.", n=MOST_BYTES // (1024 * 1024))
    try:
        with zipfile.ZipFile(BytesIO(content)) as packed:
            parts = packed.infolist()
            if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
                return say("Tệp quá nặng để mở an toàn. Hãy bỏ bớt ảnh rồi tải lên.")
            names = {part.filename for part in parts}
            if any(name.lower().endswith(("vbaproject.bin", "vbadata.xml")) or "/embeddings/" in name for name in names):
                return say("Mẫu có macro hoặc tệp nhúng nên không được nhận. Hãy lưu dạng .docx không macro.")
            for name in names:
                if name.endswith(".rels") and b'TargetMode="External"' in packed.read(name):
                    return say("Mẫu lấy nội dung từ bên ngoài (ảnh, mẫu liên kết hoặc đường dẫn). Hãy bỏ các liên kết rồi tải lên.")
    except (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError):
        return say("Tệp không mở được như một văn bản Word (.docx). Hãy lưu lại bằng Word rồi tải lên.")
    return None


def _speech(tree: nodes.Template, kind: str) -> list[Message]:
    found: list[Message] = []
    loops = {node.target.name: node for node in tree.find_all(nodes.For) if isinstance(node.target, nodes.Name)}
    known = fields.known(kind)
    for node in tree.find_all(nodes.Node):
        if isinstance(node, nodes.For) and any(node.find_all(nodes.For)):
            found.append(say("Mẫu không được lặp danh sách trong danh sách."))
        if not isinstance(node, PLAIN):
            found.append(say("Mẫu chỉ được chứa chỗ điền, điều kiện và lặp danh sách; có chỗ không thuộc các loại đó."))
        elif isinstance(node, nodes.Name) and node.name not in known and node.name not in loops and node.name != "loop":
            found.append(say("Không có trường «{name}». Các trường dùng được: {known}.", name=node.name, known=", ".join(sorted(known))))
        elif isinstance(node, nodes.Getattr):
            found += _part(node, loops, kind)
    return found


def _part(node: nodes.Getattr, loops: dict[str, nodes.For], kind: str) -> list[Message]:
    """`row.text`, `loop.last`, `totals.g1`: parts that there are."""
    whole = node.node.name if isinstance(node.node, nodes.Name) else ""
    allowed = {"loop": LOOP, "totals": TOTALS}.get(whole)
    if allowed is None and whole in loops:
        over = loops[whole].iter
        allowed = fields.columns(kind) if isinstance(over, nodes.Name) and over.name == "rows" else frozenset()
    if allowed is None or node.attr not in allowed:
        return [say("Không có trường «{name}». Các trường dùng được: {known}.", name=f"{whole}.{node.attr}", known=", ".join(sorted(allowed or ())))]
    return []


def _needs(texts: list[str], kind: str) -> tuple[Message, ...]:
    """A template that leaves out what makes it a letter is refused too."""
    spoken = {node.name for xml in texts for node in environment().parse(xml).find_all(nodes.Name)}
    needed = ["number", "symbol", "day", "subject_line", "addressee", "signing", "signatory", "copies", *(["rows"] if KINDS[kind].annex else [])]
    return tuple(say("Mẫu thiếu chỗ điền «{name}».", name=name) for name in needed if name not in spoken)
