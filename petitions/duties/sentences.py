"""What was done about a duty as a whole sentence about the past, for timelines and the journal. Pure."""

from collections.abc import Mapping

from petitions.core.words import Message, say
from petitions.duties import timeline

SENTENCES: Mapping[str, Message] = {
    "duty.send": say("{by} đã chuyển cơ quan giải quyết."),
    "duty.recall": say("{by} đã thu hồi công văn chuyển."),
    "duty.acknowledge": say("{by} đã xác nhận cơ quan nhận được."),
    "duty.record_receipt": say("{by} đã ghi ngày cơ quan nhận."),
    "duty.forward": say("{by} đã giao cho sở, ngành."),
    "duty.record_forward": say("{by} đã ghi việc chuyển tiếp."),
    "duty.ask_return": say("{by} đã đề nghị trả lại."),
    "duty.record_return": say("{by} đã ghi đề nghị trả lại của cơ quan."),
    "duty.accept_return": say("{by} đã đồng ý nhận lại."),
    "duty.refuse_return": say("{by} đã không đồng ý nhận lại."),
    "duty.reroute": say("{by} đã chuyển sang cơ quan khác."),
    "duty.answer": say("{by} đã trả lời."),
    "duty.record_answer": say("{by} đã ghi văn bản trả lời."),
    "duty.answer_on_the_spot": say("{by} đã ghi câu trả lời tại chỗ."),
    "duty.countersign": say("{by} đã ký phối hợp."),
    "duty.record_countersign": say("{by} đã ghi ý kiến phối hợp."),
    "duty.countersigned": say("Đã đủ ý kiến của các cơ quan phối hợp ({by})."),
    "duty.override": say("{by} đã đánh giá mà không chờ phối hợp."),
    "duty.accept_resolved": say("{by} đã xếp câu trả lời: đã giải quyết xong."),
    "duty.accept_in_progress": say("{by} đã xếp câu trả lời: đang giải quyết."),
    "duty.accept_explained": say("{by} đã xếp câu trả lời: giải trình, cung cấp thông tin."),
    "duty.ask_again": say("{by} đã yêu cầu trả lời lại."),
    "duty.wrong_competence": say("{by} đã ghi nhận là không đúng thẩm quyền."),
    "duty.confirm_resolved": say("{by} đã xác nhận giải quyết xong."),
    "duty.report": say("{by} đã báo cáo tiến độ."),
    "duty.attach": say("{by} đã nộp minh chứng."),
    "duty.record_evidence": say("{by} đã ghi minh chứng, kết quả kiểm tra."),
    "duty.ask_extension": say("{by} đã xin gia hạn."),
    "duty.record_extension": say("{by} đã ghi đề nghị gia hạn."),
    "duty.decide_extension": say("{by} đã quyết định về việc gia hạn."),
    "duty.suspend": say("{by} đã tạm dừng tính hạn."),
    "duty.resume": say("{by} đã cho tính hạn tiếp."),
    "duty.hand_over": say("{by} đã bàn giao cho cơ quan khác."),
    "duty.object": say("{by} đã ghi ý kiến không đồng tình của cử tri."),
    "duty.withdraw_answer": say("{by} đã rút văn bản trả lời nhập nhầm."),
    "duty.set_day": say("{by} đã ghi ngày của hạn."),
    "duty.review": say("{by} đã rà soát việc thường xuyên."),
    "duty.tell": say("{by} đã ghi việc báo cử tri."),
    "duty.strike_told": say("{by} đã gạch một dòng báo cử tri ghi nhầm."),
    "duty.close": say("{by} đã đóng."),
    "duty.close_with_lead": say("{by} đã đóng cùng cơ quan chủ trì."),
    "duty.reopen": say("{by} đã mở lại."),
    "duty.recalculate": say("{by} đã tính lại hạn theo lịch làm việc."),
    "publication.draft": say("{by} đã soạn bản công bố."),
    "publication.approve": say("{by} đã duyệt bản công bố."),
    "publication.publish": say("{by} đã công bố kết quả."),
    "publication.post": say("{by} đã niêm yết kết quả."),
    "publication.withdraw": say("{by} đã rút công bố."),
}


def sentence(act: str, by: str) -> Message | None:
    """Who did what; an act without a sentence of its own as "who: what"; None for acts that are not duties'."""
    if found := SENTENCES.get(act):
        return Message(found.text, {"by": by})
    what = timeline.label(act)
    return None if what is None else say("{by}: {what}.", by=by, what=what)
