"""What the shipped templates say, by kind of letter (domain 3.5, 6.1). The office edits it in Word; {{ fields }} are those of context.py. Pure."""

from petitions.letters.kinds import EXPLANATION, QUESTIONING, REFERRAL, REMINDER, TRANSFER, URGING

SAID_MORE = ("{%p for line in remark %}", "{{ line }}", "{%p endfor %}")
THANKS = "{{ sender }} đề nghị {{ you }} quan tâm, chỉ đạo thực hiện./."
WORDINGS: dict[str, tuple[str, ...]] = {
    TRANSFER: (
        "{%p if purpose == 'session_list' %}",
        "{{ sender }} đã tổng hợp {{ count }} kiến nghị của cử tri {{ source }}, gửi {{ you }} danh mục nêu tại Phụ lục kèm theo để xem xét, phục vụ kỳ họp.",
        "{%p elif purpose == 'answered' %}",
        "{{ sender }} chuyển {{ you }} {{ count }} kiến nghị của cử tri {{ source }} đã được cơ quan có thẩm quyền trả lời, nêu tại Phụ lục kèm theo, "
        "để thông tin đến cử tri tại nơi có kiến nghị và theo dõi việc thực hiện nội dung trả lời.",
        "{%p else %}",
        "{{ sender }} nhận được {{ count }} kiến nghị của cử tri {{ source }}, nêu tại Phụ lục kèm theo.",
        "{%p if purpose == 'na_delegation' %}",
        "Các kiến nghị này thuộc thẩm quyền của bộ, ngành, cơ quan trung ương. {{ sender }} chuyển {{ you }} để gửi cơ quan có thẩm quyền xem xét, giải "
        "quyết và trả lời cử tri.",
        "{%p elif purpose == 'deputy_group' %}",
        "Các kiến nghị này thuộc thẩm quyền của địa phương. {{ sender }} chuyển {{ you }} để gửi cơ quan, tổ chức ở địa phương xem xét, giải quyết và trả "
        "lời cử tri.",
        "{%p elif purpose == 'ubnd_office' %}",
        "Các kiến nghị này thuộc thẩm quyền giải quyết của Thành phố. {{ sender }} chuyển {{ you }} để tham mưu Ủy ban nhân dân Thành phố giao các sở, ngành, "
        "địa phương giải quyết, trả lời cử tri theo quy định.",
        "{%p else %}",
        "{{ sender }} chuyển {{ you }} các kiến nghị này theo thẩm quyền.",
        "{%p endif %}",
        "{%p if due_on %}",
        "Đề nghị {{ you }} xem xét, giải quyết theo quy định của pháp luật, trả lời cử tri và gửi kết quả về {{ sender }} trước {{ due_on }}.",
        "{%p else %}",
        "Đề nghị {{ you }} xem xét, giải quyết, trả lời cử tri trong thời hạn pháp luật quy định và gửi kết quả về {{ sender }}.",
        "{%p endif %}",
        "Trong văn bản trả lời, đề nghị nêu rõ kết quả đối với từng kiến nghị: đã giải quyết xong; đang giải quyết (kèm lộ trình và thời gian hoàn thành); "
        "giải trình, cung cấp thông tin cho cử tri.",
        "{%p endif %}",
        *SAID_MORE,
        "{{ sender }} trân trọng đề nghị {{ you }} quan tâm, phối hợp thực hiện./.",
    ),
    REMINDER: (
        "{{ sender }} đã gửi {{ you }} {{ cited }}. Trong số các kiến nghị đã chuyển, {{ count }} kiến nghị nêu tại Phụ lục kèm theo sắp đến hạn trả lời.",
        "{{ sender }} đề nghị {{ you }} quan tâm giải quyết, trả lời cử tri đúng hạn và gửi kết quả về {{ sender }} trước {{ due_on }}.",
        *SAID_MORE,
        THANKS,
    ),
    URGING: (
        "{{ sender }} đã gửi {{ you }} {{ cited }}. Tuy nhiên, đến nay đã quá thời hạn mà {{ count }} kiến nghị nêu tại Phụ lục "
        "kèm theo vẫn {{ outstanding }}.",
        "{%p if round | int > 1 %}",
        "Đây là lần đôn đốc thứ {{ round }} đối với các kiến nghị này.",
        "{%p endif %}",
        "{{ sender }} đề nghị {{ you }} khẩn trương xem xét, giải quyết theo quy định của pháp luật và báo cáo kết quả về {{ sender }} trước "
        "{{ due_on }}; trường hợp chưa thể giải quyết xong, báo cáo rõ nguyên nhân, trách nhiệm và lộ trình giải quyết.",
        *SAID_MORE,
        THANKS,
    ),
    REFERRAL: (
        "{{ sender }} đã gửi {{ agency }} {{ cited }}. Đến nay đã quá thời hạn mà {{ count }} kiến nghị nêu tại Phụ lục kèm theo vẫn {{ outstanding }}.",
        "{{ sender }} kiến nghị {{ you }} xem xét, chỉ đạo xử lý theo thẩm quyền; làm rõ nguyên nhân, trách nhiệm của việc chậm giải quyết và thông báo "
        "kết quả đến {{ sender }} trước {{ due_on }}.",
        *SAID_MORE,
        "{{ sender }} trân trọng đề nghị {{ you }} quan tâm, chỉ đạo./.",
    ),
    EXPLANATION: (
        "{{ basis }}.",
        "{{ sender }} đã gửi {{ cited }}, nhưng {{ agency }} chưa giải quyết, báo cáo kết quả đối với {{ count }} kiến nghị nêu tại Phụ lục kèm theo.",
        "Đề nghị {{ you }} xem xét, đưa các nội dung này vào phiên giải trình, yêu cầu người đứng đầu {{ agency }} giải trình về nguyên nhân, trách nhiệm, "
        "giải pháp khắc phục và thời hạn hoàn thành; gửi báo cáo giải trình bằng văn bản trước {{ due_on }}.",
        *SAID_MORE,
        "Danh mục kiến nghị và quá trình đôn đốc được nêu tại Phụ lục./.",
    ),
    QUESTIONING: (
        "{{ basis }}.",
        "Qua theo dõi việc giải quyết kiến nghị của cử tri, {{ count }} kiến nghị đã được đôn đốc nhiều lần nhưng chưa được giải quyết, trả lời.",
        "{{ sender }} gửi {{ you }} danh mục các nội dung nêu tại Phụ lục kèm theo để xem xét, lựa chọn nội dung chất vấn, tái chất vấn tại "
        "{{ session_name }}.",
        *SAID_MORE,
        "Đề nghị {{ you }} cho ý kiến để hoàn thiện danh mục trình Hội đồng nhân dân xem xét, quyết định./.",
    ),
}
