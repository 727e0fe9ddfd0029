"""All forms, by name and by the moves that open them."""

from collections.abc import Mapping

from petitions.duties.desk.forms import of_agency, of_office
from petitions.duties.desk.forms.boxes import MoveForm

FORMS: Mapping[str, MoveForm] = {form.name: form for form in (*of_agency.FORMS, *of_office.FORMS)}
OF_MOVE: Mapping[str, str] = {move: form.name for form in FORMS.values() for move in form.moves}
