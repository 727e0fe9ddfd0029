"""What people do with duties: one function per intention, each with its line in the journal and its promise to the search index.

Every function takes `(session, <id>, *, <what>, by: Identity, now: datetime, today: date)`; dates typed by people are never after `today`.

bundles     draft_bundle, change_bundle, submit, approve, send_back, cancel
letters     issue (makes the duties), send_now, recall
receiving   acknowledge, forward, ask_return, decide_return, reroute
answering   file_answer (one letter, many duties), answer_on_the_spot, countersign, override
withdrawing withdraw_answer (entered wrongly, before it was judged)
judging     judge (class + quality), confirm_resolved
proving     report, prove (with its files), add_evidence
extending   ask_extension, decide_extension
stopping    suspend, resume
rescheduling set_session_day, review
closing     close, reopen, object_to
telling     tell, strike_told
publishing  draft_publication, approve_publication, publish, post, withdraw_publication
succeeding  hand_over
ruling      change_rule, end_rule, set_setting
An act that an agency does itself, or a clerk notes down for it, is one function: the permission of `by` decides which move of workflow.py it is.
"""
