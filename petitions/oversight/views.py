"""The pages of oversight. Each part has a blueprint of its own; here they become one."""

from flask import Blueprint

from petitions.oversight.desk import activities, agencies, board, documents, duedays, escalation, recommendations, tabling, terms

blueprint = Blueprint("oversight", __name__)
for part in (board, documents, recommendations, agencies, activities, duedays, terms, escalation, tabling):
    blueprint.register_blueprint(part.blueprint)
