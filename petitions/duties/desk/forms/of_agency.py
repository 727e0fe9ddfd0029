"""Moves of agencies, and of those who note them down for an agency."""

from petitions.core.words import say
from petitions.duties.actions import answering, extending, proving, receiving
from petitions.duties.desk.forms.boxes import AGENCY, AREA, DAY, DOCUMENT, FILE, NUMBER, TEXT, Box, MoveForm

REASON = Box("reason", AREA, say("Lý do"), required=True)
FORMS = (
    MoveForm(
        "acknowledge",
        ("acknowledge", "record_receipt"),
        say("Xác nhận đã nhận"),
        (Box("received_on", DAY, say("Ngày nhận được công văn"), required=True, today=True),),
        receiving.acknowledge,
        done=say("Đã ghi ngày cơ quan nhận được công văn."),
    ),
    MoveForm(
        "forward",
        ("forward", "record_forward"),
        say("Giao, chuyển tiếp"),
        (
            Box("to_agency_id", AGENCY, say("Cơ quan được giao"), hint=say("Bỏ trống khi chỉ ghi ngày chuyển tiếp.")),
            Box("forwarded_on", DAY, say("Ngày chuyển"), required=True, today=True),
            Box("number", TEXT, say("Số văn bản giao")),
            Box("internal_due", DAY, say("Hạn nội bộ"), hint=say("Hạn trả lời không thay đổi theo hạn nội bộ.")),
            Box("note", AREA, say("Ghi chú")),
        ),
        receiving.forward,
        done=say("Đã ghi việc giao, chuyển tiếp."),
    ),
    MoveForm(
        "return",
        ("ask_return", "record_return"),
        say("Đề nghị trả lại"),
        (
            Box("reason", AREA, say("Vì sao không đúng thẩm quyền"), required=True),
            Box("asked_on", DAY, say("Ngày đề nghị"), required=True, today=True),
            Box("proposed_agency_id", AGENCY, say("Cơ quan có thẩm quyền, theo ý kiến của cơ quan")),
        ),
        receiving.ask_return,
        lead=say("Văn phòng quyết định. Trong lúc chờ, hạn trả lời vẫn tính."),
        done=say("Đã gửi đề nghị trả lại; Văn phòng sẽ quyết định."),
    ),
    MoveForm(
        "countersign",
        ("countersign", "record_countersign"),
        say("Ký phối hợp"),
        (Box("signed_on", DAY, say("Ngày ký"), required=True, today=True), Box("opinion", AREA, say("Ý kiến phối hợp"))),
        answering.countersign,
        done=say("Đã ghi ý kiến phối hợp."),
    ),
    MoveForm(
        "report",
        ("report",),
        say("Báo cáo tiến độ"),
        (
            Box("text", AREA, say("Đã làm được gì"), required=True),
            Box("on", DAY, say("Ngày báo cáo"), required=True, today=True),
            Box("percent", NUMBER, say("Ước đạt (%)")),
        ),
        proving.report,
        done=say("Đã ghi báo cáo tiến độ."),
    ),
    MoveForm(
        "evidence",
        ("attach", "record_evidence"),
        say("Gắn minh chứng"),
        (
            Box("dated_on", DAY, say("Ngày của minh chứng"), required=True, today=True),
            Box("note", AREA, say("Mô tả, hoặc kết quả kiểm tra thực tế")),
            Box("file", FILE, say("Tệp minh chứng"), hint=say("PDF, Word, Excel, ảnh; đến 50 MB. Nộp rồi thì tệp không bỏ đi được.")),
            Box("document_id", DOCUMENT, say("Hoặc tài liệu đã có ở việc này")),
        ),
        proving.prove,
        done=say("Đã ghi minh chứng."),
    ),
    MoveForm(
        "extension",
        ("ask_extension", "record_extension"),
        say("Xin gia hạn"),
        (
            Box("wanted_on", DAY, say("Xin gia hạn đến ngày"), required=True),
            REASON,
            Box("asked_on", DAY, say("Ngày đề nghị"), required=True, today=True),
        ),
        extending.ask_extension,
        lead=say("Hạn theo quy định không đổi; hạn cũ vẫn còn trong hồ sơ."),
        done=say("Đã ghi đề nghị gia hạn; chờ quyết định."),
    ),
)
