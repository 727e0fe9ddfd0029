"""Intake (tiếp nhận): voters' petitions as they come in, are written down, accepted into the register and classified.

Words: petition kiến nghị, petitioner người kiến nghị, origin nguồn, channel hình thức tiếp nhận, timing trước/sau kỳ họp, place words
địa bàn (as written), report group nhóm báo cáo, field lĩnh vực, level thẩm quyền, draft nháp, registered đã tiếp nhận, classified đã
phân loại, diverted chuyển đơn thư, accept queue hàng chờ tiếp nhận.

Not here: what an agency owes by when, letters to agencies, answers' quality; complaints and denunciations (only their stub is kept).
"""
