# The reminder agent: at most five, never twice, any word cancels, a person decides.

settings "reminders: { mode = 'interval'; weekdays_only = false; };"

story "five reminders, then a person decides"
clock 2026-03-02 09:00
client acme triage off reminders on hours always
technician Sara
requester ana of acme
ana says "My laptop is slow"                             -> ticket 1
Sara claims 1
Sara replies 1 "Which model is it?"
ticket 1 status waiting_customer reminders 0
wait 25 hours
ticket 1 reminders 1 status waiting_customer
log 1 has reminder times 1
wait 20 days
ticket 1 reminders 5 status awaiting_close priority P4
log 1 has reminder times 5
wait 30 days
ticket 1 status awaiting_close
log 1 has reminder times 5
Sara keeps 1                                             -> ok
ticket 1 status in_progress reminders 0

story "any word of the requester cancels"
clock 2026-03-02 09:00
client acme triage off reminders on hours always
technician Sara
requester ana of acme
ana says "My laptop is slow"                             -> ticket 1
Sara claims 1
Sara replies 1 "Which model is it?"
wait 3 days
ana says "sorry, was away"
ticket 1 status in_progress reminders 0
wait 20 days
ticket 1 status in_progress reminders 0

story "closing by a person ends them"
clock 2026-03-02 09:00
client acme triage off reminders on hours always
technician Sara
requester ana of acme
ana says "My laptop is slow"                             -> ticket 1
Sara claims 1
Sara replies 1 "Which model is it?"
wait 30 hours
Sara closes 1
wait 20 days
ticket 1 status closed
log 1 has reminder times 1

story "no double reminder after a restart or a clock that jumps"
clock 2026-03-02 09:00
client acme triage off reminders on hours always
technician Sara
requester ana of acme
ana says "My laptop is slow"                             -> ticket 1
Sara claims 1
Sara replies 1 "Which model is it?"
wait 25 hours
crash
crash
log 1 has reminder times 1
jump 40 days
log 1 has reminder times 2
jump -3 hours
wait 1 hour
log 1 has reminder times 2

story "switched off for the client: nothing is sent"
clock 2026-03-02 09:00
client acme triage off reminders off hours always
technician Sara
requester ana of acme
ana says "My laptop is slow"                             -> ticket 1
Sara claims 1
Sara replies 1 "Which model is it?"
wait 20 days
ticket 1 status waiting_customer reminders 0

story "only in opening hours"
clock 2026-03-06 16:00
client acme triage off reminders on hours "mon-fri 08:00-17:00"
technician Sara
requester ana of acme
ana says "My laptop is slow"                             -> ticket 1
Sara claims 1
Sara replies 1 "Which model is it?"
wait 40 hours
log 1 has reminder times 0
wait 30 hours
log 1 has reminder times 1

story "escalating after the silence raises it and wakes people"
clock 2026-03-02 09:00
client acme triage off reminders on hours always
technician Sara
requester ana of acme
ana says "My laptop is slow"                             -> ticket 1
Sara claims 1
Sara replies 1 "Which model is it?"
wait 30 days
ticket 1 status awaiting_close priority P4
Sara escalates 1                                         -> ok
ticket 1 status in_progress priority P3 review yes
