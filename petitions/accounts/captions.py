"""How permissions, acts and roles are called on pages."""

from collections.abc import Mapping

from petitions.accounts.models import Role
from petitions.core.permissions import Permission
from petitions.core.words import Message, language, say

PERMISSIONS: Mapping[str, Message] = {
    "account.manage": say("Quản lý tài khoản và vai trò"),
    "candidate.take": say("Nhận, không nhận việc đề nghị giải trình, chất vấn"),
    "document.add": say("Thêm và bỏ tài liệu"),
    "document.original": say("Tải tệp gốc của tài liệu"),
    "duty.answer": say("Trả lời, báo cáo thay cơ quan của mình"),
    "duty.close": say("Kết thúc theo dõi và mở lại"),
    "duty.decide": say("Quyết định gia hạn, tạm dừng và việc trả lại"),
    "duty.distribute": say("Phân việc cho các sở và tổng hợp"),
    "duty.hand_over": say("Bàn giao việc khi cơ quan sáp nhập, kết thúc"),
    "duty.judge": say("Đánh giá trả lời của cơ quan"),
    "duty.read": say("Xem việc của cơ quan và thời hạn"),
    "duty.record": say("Ghi nhận văn bản trả lời đến văn phòng"),
    "duty.tell": say("Ghi nhận việc báo lại cử tri"),
    "index.manage": say("Dựng lại và kiểm tra chỉ mục tìm kiếm"),
    "job.manage": say("Cho chạy lại việc định kỳ, gửi lại thư"),
    "job.read": say("Xem tình trạng vận hành, sổ gửi thư"),
    "journal.read": say("Xem nhật ký"),
    "letter.draft": say("Soạn văn bản đi"),
    "letter.issue": say("Phát hành văn bản đi"),
    "letter.manage": say("Sửa mẫu văn bản, sổ văn bản, người ký"),
    "letter.read": say("Xem văn bản đi"),
    "oversight.confirm": say("Xác nhận, thôi, thay kiến nghị sau giám sát"),
    "oversight.read": say("Xem kết luận và kiến nghị sau giám sát"),
    "oversight.register": say("Ghi, tách kết luận; ghi báo cáo thay cơ quan"),
    "oversight.report": say("Báo cáo thực hiện kiến nghị sau giám sát"),
    "oversight.verify": say("Kiểm tra minh chứng, yêu cầu làm tiếp"),
    "petition.accept": say("Tiếp nhận kiến nghị vào sổ"),
    "petition.classify": say("Phân loại kiến nghị"),
    "petition.divert": say("Chuyển đơn khiếu nại, tố cáo ra ngoài"),
    "petition.enter": say("Nhập kiến nghị"),
    "petition.import": say("Nhập kiến nghị từ tệp"),
    "petition.read": say("Xem và tra cứu kiến nghị"),
    "petitioner.read": say("Xem thông tin người kiến nghị"),
    "publish.approve": say("Duyệt nội dung công khai"),
    "reference.manage": say("Sửa danh mục"),
    "reference.read": say("Xem danh mục"),
    "transfer.approve": say("Duyệt danh sách chuyển"),
    "transfer.draft": say("Lập danh sách chuyển"),
    "transfer.issue": say("Ghi số, ngày và gửi văn bản chuyển"),
    "urging.draft": say("Soạn, bỏ dự thảo đôn đốc"),
    "urging.escalate": say("Phát hành đôn đốc thay mặt Thường trực HĐND"),
    "urging.issue": say("Phát hành công văn đôn đốc"),
}
GROUPS: Mapping[str, Message] = {
    "account": say("Tài khoản"),
    "candidate": say("Việc đề nghị giải trình, chất vấn"),
    "document": say("Tài liệu"),
    "duty": say("Việc của cơ quan"),
    "index": say("Tìm kiếm"),
    "job": say("Vận hành"),
    "journal": say("Nhật ký"),
    "letter": say("Văn bản đi"),
    "oversight": say("Giám sát"),
    "petition": say("Kiến nghị"),
    "petitioner": say("Người kiến nghị"),
    "publish": say("Công khai"),
    "reference": say("Danh mục"),
    "transfer": say("Chuyển kiến nghị"),
    "urging": say("Đôn đốc"),
}
ACTS: Mapping[str, Message] = {
    "account.create": say("Tạo tài khoản"),
    "account.change": say("Sửa tài khoản"),
    "account.change_password": say("Tự đổi mật khẩu"),
    "account.reset_password": say("Đặt lại mật khẩu"),
    "account.disable": say("Ngừng tài khoản"),
    "account.enable": say("Mở lại tài khoản"),
    "account.lock": say("Tạm khoá vì nhập sai nhiều lần"),
    "account.unlock": say("Mở khoá đăng nhập"),
    "account.set_language": say("Đổi ngôn ngữ"),
    "account.sign_in": say("Đăng nhập"),
    "account.sign_out": say("Đăng xuất"),
    "account.sign_out_everywhere": say("Đăng xuất mọi thiết bị"),
}
# Why a session ended.
WHYS: Mapping[str, Message] = {
    "sign_out": say("tự đăng xuất"),
    "renewed": say("đăng nhập lại trên cùng thiết bị"),
    "password": say("mật khẩu đã đổi"),
    "disabled": say("tài khoản đã ngừng"),
    "by_owner": say("chủ tài khoản yêu cầu"),
    "by_administrator": say("quản trị viên yêu cầu"),
}


def permission(code: str) -> Message | str:
    """How a permission is called."""
    return PERMISSIONS.get(code, code)


def groups() -> list[tuple[Message | str, list[tuple[str, Message | str]]]]:
    """All permissions by what they are about: (caption of the group, [(code, caption)]), in the order of their codes."""
    found: dict[str, list[tuple[str, Message | str]]] = {}
    for one in Permission:
        found.setdefault(one.value.partition(".")[0], []).append((one.value, permission(one.value)))
    return [(GROUPS.get(name, name), members) for name, members in found.items()]


def act(code: str) -> Message | str:
    """How an act of the journal is called."""
    return ACTS.get(code, code)


def why(reason: str | None) -> Message | str | None:
    """A reason in the journal: our own codes in words, what a person wrote as it is."""
    return WHYS.get(reason, reason) if reason else None


def role(row: Role) -> str:
    """A role's name in the reader's language."""
    return row.name_en if language() == "en" else row.name
