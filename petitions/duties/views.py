"""The pages of duties: the agency's inbox and answers, the office's desk. Each part has a blueprint of its own; here they become one."""

from flask import Blueprint

from petitions.duties import homes, letters_out
from petitions.duties.desk import board, bundles, heirs, laws, letters, one, papers, queues, voters
from petitions.duties.inbox import answers, pages
from petitions.duties.urging.desk import agency, candidates, moves, rungs, urgings

blueprint = Blueprint("duties", __name__)
for part in (pages, answers, queues, voters, one, bundles, letters, papers, heirs, laws, board, urgings, moves, candidates, rungs):
    blueprint.register_blueprint(part.blueprint)
homes.register()
letters_out.register()
agency.register()
