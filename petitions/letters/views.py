"""The pages of outgoing letters. Each part has a blueprint of its own; here they become one."""

from flask import Blueprint

from petitions.letters.desk import keeping, letters, register

blueprint = Blueprint("outgoing", __name__)
for part in (register, letters, keeping):
    blueprint.register_blueprint(part.blueprint)
