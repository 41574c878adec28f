# The daily work of a desk without the assistant.

story "a message becomes a ticket, a technician answers it"
client acme triage off reminders off
technician Sara
technician Omar
requester ana of acme
ana says "My printer is offline\nsince this morning"     -> ticket 1
ticket 1 status open handler none assignee nobody priority P3 subject "My printer is offline"
card 1 posted once
Sara claims 1                                            -> ok
ticket 1 status in_progress handler human assignee Sara
Sara replies 1 "Which model is it?"                      -> ok
ana sees "Which model is it?"
ticket 1 status waiting_customer
ana says "An OfficeJet"
ticket 1 status in_progress assignee Sara
Sara closes 1 "New cable"                                -> ok
ticket 1 status closed outcome resolved
card 1 shows closed
card 1 posted once

story "two technicians claim at once: one wins, the other is told who"
client acme triage off
technician Sara
technician Omar
requester ana of acme
ana says "my printer is on fire"                         -> ticket 1
Sara claims 1                                            -> ok
Omar claims 1                                            -> taken "Sara already has it"
ticket 1 status in_progress assignee Sara
Sara claims 1                                            -> ok
log 1 has assignee times 1

story "the same message twice is one message"
client acme triage off
requester ana of acme
ana says "hello"                                         -> ticket 1
ana repeats "hello"                                      -> repeated
ana repeats "hello, really"                              -> conflict

story "a note never reaches the requester"
client acme triage off
technician Sara
requester ana of acme
ana says "I forgot my password"                          -> ticket 1
Sara notes 1 "she is a difficult one"                    -> ok
never ana sees "difficult"
log 1 has note "difficult"

story "transfer keeps the history and the requester notices nothing"
client acme triage off
technician Sara
technician Omar
requester ana of acme
ana says "vpn broken"                                    -> ticket 1
Sara claims 1
Sara transfers 1 "network is yours" to Omar              -> ok
ticket 1 assignee Omar status in_progress
log 1 has transfer "network is yours"
never ana sees "network is yours"
Omar releases 1                                          -> ok
ticket 1 status open handler none assignee nobody
Sara releases 1                                          -> refused "Nobody has this ticket"

story "only who has it, or a lead, may release it"
client acme triage off
technician Sara
technician Omar
technician Lin lead
requester ana of acme
ana says "help"                                          -> ticket 1
Sara claims 1
Omar releases 1                                          -> taken "Sara"
Lin releases 1                                           -> ok

story "thanks does not reopen, a new question does"
client acme triage off
technician Sara
requester ana of acme
ana says "no sound in Teams"                             -> ticket 1
Sara claims 1
Sara resolves 1 "headset replaced"                       -> ok
ticket 1 status resolved outcome resolved
log 1 has recap "headset"
ana says "thanks!"
ticket 1 status resolved
ana says "it is broken again"
ticket 1 status in_progress assignee Sara outcome none
log 1 has reopen

story "resolved closes by itself after four days"
client acme triage off
technician Sara
requester ana of acme
ana says "screen flickers"                               -> ticket 1
Sara claims 1
Sara resolves 1
wait 3 days
ticket 1 status resolved
wait 2 days
ticket 1 status closed outcome resolved

story "closed long ago: a new message starts a linked ticket"
client acme triage off
technician Sara
requester ana of acme
ana says "screen flickers"                               -> ticket 1
Sara closes 1
wait 3 days
ana says "again"                                    -> ticket 1
ticket 1 status open outcome none
Sara closes 1
wait 8 days
ana says "and again"                                     -> ticket 2
ticket 2 status open followup 1
ticket 1 status closed

story "a second open ticket of the same person is pointed out"
client acme triage off
requester ana of acme
ana says "printer"                                       -> ticket 1
ana starts "screen"                                      -> ticket 2
log 2 has warning "already has 1 open ticket"
log 1 lacks warning

story "snooze hides until its time, or until the requester writes"
client acme triage off
technician Sara
requester ana of acme
ana says "order a laptop"                                -> ticket 1
Sara claims 1
Sara snoozes 1 "" for 5                                  -> ok
wait 4 hours
log 1 has snooze times 1
wait 2 hours
log 1 has snooze times 2
Sara snoozes 1 "" for 5
ana says "forget it"
wait 1 day
log 1 has snooze times 3

story "clients are islands"
client acme triage off
client globex triage off
requester ana of acme
requester bob of globex
ana says "secret plan"                                   -> ticket 1
bob says "hello"                                         -> ticket 2
never bob sees "secret"

story "a surface that fails does not lose the card"
client acme triage off
technician Sara
requester ana of acme
surface fails
ana says "printer"                                       -> ticket 1
Sara claims 1
Sara replies 1 "coming"
card 1 posted 0
surface works
wait 20 minutes
card 1 shows waiting_customer
card 1 posted once

story "a surface that fails for days leaves a dead letter that people see"
client acme triage off
technician Sara
requester ana of acme
surface fails
ana says "printer"                                       -> ticket 1
wait 2 days
log 1 has undelivered
