"""What kinds are called."""

from collections.abc import Mapping

from petitions.core.words import Message, say
from petitions.oversight.splitting import dues, rhythms

DUE_KINDS: Mapping[str, Message] = {
    dues.DATE: say("đến ngày"),
    dues.QUARTER: say("trong quý"),
    dues.SESSION: say("theo kỳ họp"),
    dues.CONTINUOUS: say("thường xuyên"),
    dues.MULTI_YEAR: say("nhiều năm"),
    dues.NONE: say("không nêu thời hạn"),
}
RHYTHMS: Mapping[str, Message] = {
    rhythms.WEEKLY: say("báo cáo hằng tuần"),
    rhythms.MONTHLY: say("báo cáo hằng tháng"),
    rhythms.QUARTERLY: say("báo cáo hằng quý"),
    rhythms.HALF_YEARLY: say("báo cáo 6 tháng một lần"),
    rhythms.YEARLY: say("báo cáo hằng năm"),
    rhythms.EACH_SESSION: say("báo cáo mỗi kỳ họp"),
}
