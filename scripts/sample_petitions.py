"""Petitions that read naturally and are nobody's: a seeded generator for benches. The same seed gives the same rows.

Places and agencies are the shipped lists; problems, causes and requests are sentences written for this project, put together by chance.
"""

import csv
import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

DATA = Path(__file__).resolve().parent.parent / "petitions" / "areas" / "data"
HEADERS = (
    *("Mã ngoài", "Ngày tiếp nhận", "Ngày tiếp xúc", "Nội dung kiến nghị", "Tóm tắt", "Địa bàn", "Lĩnh vực", "Thẩm quyền"),
    *("Nguồn", "Kỳ họp", "Trước/sau kỳ họp", "Cơ quan giải quyết", "Người kiến nghị"),
)
KINDS = {"phuong": "phường", "xa": "xã", "thi_tran": "thị trấn", "quan": "quận", "huyen": "huyện", "thi_xa": "thị xã"}
FAMILY, MIDDLE, GIVEN = (
    ("Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Vũ", "Đặng", "Bùi"),
    ("Văn", "Thị", "Đức", "Minh", "Thu"),
    ("An", "Bình", "Hà", "Lan", "Nam", "Sơn"),
)


@dataclass(frozen=True)
class Topic:
    """What a petition may be about: field, agency, what is wrong, what follows, what is asked."""

    field: str
    agency: str
    wrong: tuple[str, ...]
    follows: tuple[str, ...]
    asked: tuple[str, ...]


TOPICS = (
    Topic(
        "Thoát nước",
        "Sở Xây dựng",
        (
            "hệ thống cống thoát nước dọc {street} đã xuống cấp, nhiều hố ga bị lấp đầy rác và bùn đất",
            "khu vực {street} thường xuyên ngập úng mỗi khi có mưa lớn, nước rút rất chậm",
            "tuyến cống hộp qua {street} thi công dở dang từ nhiều năm nay, nước thải tràn lên mặt đường",
        ),
        (
            "nước tràn vào nhà dân, học sinh phải nghỉ học, xe máy chết máy hàng loạt",
            "gây mất vệ sinh, muỗi phát triển và phát sinh dịch bệnh trong khu dân cư",
        ),
        ("khẩn trương nạo vét, cải tạo hệ thống thoát nước trước mùa mưa", "đầu tư trạm bơm và bố trí vốn hoàn thành dứt điểm tuyến cống"),
    ),
    Topic(
        "Giao thông",
        "Sở Xây dựng",
        (
            "mặt đường {street} bong tróc, xuất hiện nhiều ổ gà sau các đợt đào đường lắp đặt cáp ngầm",
            "nút giao đầu {street} chưa có đèn tín hiệu, giờ cao điểm ùn tắc kéo dài",
            "vỉa hè {street} bị lấn chiếm làm nơi trông giữ xe, người đi bộ phải xuống lòng đường",
        ),
        ("nhiều vụ tai nạn đã xảy ra, nhất là với người già và trẻ em", "việc đi lại của nhân dân và xe cứu thương rất khó khăn"),
        ("sửa chữa mặt đường, hoàn trả nguyên trạng và xử lý đơn vị thi công ẩu", "lắp đặt đèn tín hiệu, kẻ vạch sơn và bố trí lực lượng phân luồng"),
    ),
    Topic(
        "Môi trường",
        "Sở Nông nghiệp và Môi trường",
        (
            "điểm tập kết rác cạnh {street} quá tải, rác tồn đọng nhiều ngày không được thu gom",
            "cơ sở tái chế nhựa trong ngõ sát {street} xả khói và nước thải chưa qua xử lý",
            "ao làng gần {street} ô nhiễm nặng, cá chết nổi trắng mặt nước",
        ),
        ("mùi hôi thối ảnh hưởng đến sức khỏe của hàng trăm hộ dân", "người dân không dám mở cửa, nhiều người mắc bệnh hô hấp"),
        ("kiểm tra, xử lý nghiêm các cơ sở vi phạm và công khai kết quả", "di dời điểm tập kết rác, tăng tần suất thu gom và phun khử khuẩn"),
    ),
    Topic(
        "Đất đai",
        "Sở Nông nghiệp và Môi trường",
        (
            "việc cấp giấy chứng nhận quyền sử dụng đất cho các hộ ở {street} kéo dài nhiều năm chưa xong",
            "dự án khu đô thị cạnh {street} thu hồi đất từ lâu nhưng bỏ hoang, chưa bồi thường hết cho dân",
            "hồ sơ tách thửa tại {street} bị trả lại nhiều lần mà không nêu rõ lý do",
        ),
        ("người dân không thể xây dựng, sửa chữa nhà ở, đời sống bị đảo lộn", "gây bức xúc, nhiều hộ phải đi lại hàng chục lần để hoàn thiện hồ sơ"),
        ("chỉ đạo giải quyết dứt điểm và trả lời bằng văn bản cho từng hộ", "rà soát, thu hồi dự án chậm triển khai theo đúng quy định của pháp luật"),
    ),
    Topic(
        "Giáo dục",
        "Sở Giáo dục và Đào tạo",
        (
            "trường mầm non công lập gần {street} thiếu lớp học, sĩ số vượt quá năm mươi cháu một lớp",
            "trường tiểu học cạnh {street} xuống cấp, tường nứt, mái dột khi mưa",
            "phụ huynh ở {street} phản ánh các khoản thu đầu năm học chưa minh bạch",
        ),
        ("phụ huynh phải gửi con ở nơi xa hoặc cơ sở tư nhân với chi phí cao", "ảnh hưởng đến an toàn và chất lượng học tập của các cháu"),
        ("ưu tiên quỹ đất và bố trí vốn xây thêm phòng học ngay trong năm tới", "thanh tra các khoản thu và công bố kết quả cho nhân dân biết"),
    ),
    Topic(
        "Y tế",
        "Sở Y tế",
        (
            "trạm y tế gần {street} thiếu bác sĩ và thuốc bảo hiểm cho người bệnh mạn tính",
            "người cao tuổi ở {street} chưa được khám sức khỏe định kỳ theo chính sách của thành phố",
        ),
        ("người bệnh phải lên tuyến trên, chờ đợi rất lâu và tốn kém",),
        ("bổ sung nhân lực, trang thiết bị và danh mục thuốc cho tuyến cơ sở", "lập danh sách và tổ chức khám ngay tại khu dân cư"),
    ),
    Topic(
        "Nước sạch",
        "Sở Xây dựng",
        (
            "nước sinh hoạt ở {street} chảy yếu, nhiều ngày mất hẳn, có lúc đục và có mùi lạ",
            "đường ống cấp nước sạch đã đặt dọc {street} nhưng chưa đấu nối vào từng hộ",
        ),
        ("nhân dân phải mua nước đóng bình hoặc dùng giếng khoan nhiễm sắt", "sinh hoạt của hơn hai trăm hộ bị đảo lộn"),
        ("bảo đảm áp lực và chất lượng nước, thông báo trước khi cắt nước", "hoàn thành đấu nối và công bố giá nước cho từng đối tượng"),
    ),
    Topic(
        "Trật tự xây dựng",
        "UBND Thành phố",
        (
            "công trình nhà nhiều tầng ở {street} xây vượt phép, lấn khoảng không của ngõ chung",
            "nhiều nhà xưởng mọc trên đất nông nghiệp sát {street} chưa bị xử lý",
        ),
        ("nguy cơ cháy nổ cao, xe chữa cháy không vào được", "làm nhà liền kề bị lún nứt, người dân khiếu nại nhiều lần"),
        ("kiểm tra, xử lý dứt điểm vi phạm và làm rõ trách nhiệm cán bộ quản lý địa bàn",),
    ),
)
OPENINGS = (
    "Cử tri phản ánh",
    "Cử tri kiến nghị:",
    "Nhiều cử tri cho biết",
    "Đề nghị thành phố quan tâm:",
    "Cử tri tiếp tục kiến nghị:",
    "Người dân bức xúc vì",
)
SINCE = ("từ đầu năm đến nay", "suốt ba năm qua", "từ khi dự án khởi công", "nhất là sau đợt mưa lớn vừa rồi", "dù đã kiến nghị tại nhiều kỳ họp")
ENDS = ("Cử tri mong sớm được trả lời.", "Đề nghị nêu rõ thời hạn hoàn thành.", "Đề nghị thông báo kết quả cho nhân dân tại tổ dân phố.", "")
STREETS = ("ngõ {n}", "tổ dân phố số {n}", "đường liên thôn {n}", "phố mới {n}", "khu tập thể {n}", "đoạn đê km {n}", "khu đô thị số {n}")


def places() -> list[str]:
    """The units of all three generations, as people say them: "xã Đa Tốn, huyện Gia Lâm"."""
    with (DATA / "districts.csv").open(encoding="utf-8") as source:
        districts = {row["code"]: f"{KINDS[row['kind']]} {row['name']}" for row in csv.DictReader(source)}
    with (DATA / "units.csv").open(encoding="utf-8") as source:
        rows = list(csv.DictReader(source))
    return [f"{KINDS[row['kind']]} {row['name']}" + (f", {districts[row['district']]}" if row["district"] else "") for row in rows]


def rows(count: int, seed: int = 2026, first: int = 1) -> Iterator[list[str]]:
    """`count` rows under HEADERS; ids run from MAU-0000001."""
    chance = random.Random(seed)
    known = places()
    for number in range(first, first + count):
        topic, place = chance.choice(TOPICS), chance.choice(known)
        street = chance.choice(STREETS).format(n=chance.randint(1, 400))
        wrong = chance.choice(topic.wrong).format(street=street)
        text = (
            f"{chance.choice(OPENINGS)} {wrong}, {place}, {chance.choice(SINCE)}. Tình trạng này khiến {chance.choice(topic.follows)}. "
            f"Đề nghị {topic.agency} và chính quyền địa phương {chance.choice(topic.asked)}; đồng thời {chance.choice(topic.asked)}. {chance.choice(ENDS)}"
        )
        met = date(2021, 7, 1) + timedelta(days=chance.randint(0, 1600))
        yield [
            *(f"MAU-{number:07}", f"{met + timedelta(days=chance.randint(0, 9)):%d/%m/%Y}", f"{met:%d/%m/%Y}", text.strip()),
            *(wrong[:1].upper() + wrong[1:] + ".", place, topic.field, chance.choice(("Thành phố", "Xã, phường"))),
            *("Tiếp xúc cử tri", chance.choice(("", f"kỳ họp thứ {chance.randint(2, 25)}")), chance.choice(("Trước", "Sau")), topic.agency),
            " ".join(chance.choice(part) for part in (FAMILY, MIDDLE, GIVEN)) if chance.random() < 0.3 else "",
        ]
