Feature: Messaging actions
  When a message in an SMS conversation that an agent has is not answered in time, a messaging
  action prompts somebody, gives the conversation away or ends it. The instance ships with two:
  "No agent response" and "No requester response".

  Background:
    Given the company texts from "+49 30 901820"
    And Ana and Ben are consumers in Berlin
    And Ana's mobile number is "0151 23456789"
    And Ben's mobile number is "0151 23456780"
    And Ana has an SMS conversation with agent Bill

  Rule: An agent who does not answer a requester for 30 minutes is prompted

    @T-1
    Scenario: Just before 30 minutes, and just after
      When Ana texts the company "When does it come?"
      And 29 minutes 59 seconds pass
      Then Bill has not been prompted about the conversation with Ana
      When 1 second passes
      Then Bill has been prompted about the conversation with Ana
      And Ana's interaction is Work In Progress
      And these messaging actions run
        | at               | messaging action  | with |
        | 2026-01-05 09:30 | No agent response | Ana  |

    @T-1
    Scenario: The agent answers in time
      When Ana texts the company "When does it come?"
      And 29 minutes 59 seconds pass
      And Bill texts Ana "Tomorrow"
      And 1 day passes
      Then Bill has not been prompted about the conversation with Ana

    @T-1
    Scenario: Another text of the requester begins the 30 minutes anew
      When Ana texts the company "When does it come?"
      And 20 minutes pass
      And Ana texts the company "Hello?"
      And 29 minutes 59 seconds pass
      Then Bill has not been prompted about the conversation with Ana
      When 1 second passes
      Then Bill has been prompted about the conversation with Ana

    @T-1
    Scenario: The agent who has the conversation when the time is up is prompted
      Given Cleo is an agent
      When Ana texts the company "When does it come?"
      And the conversation with Ana is put in the queue
      And Cleo becomes available
      And Cleo accepts the conversation with Ana
      And 30 minutes pass
      Then Cleo has been prompted about the conversation with Ana
      And Bill has not been prompted about the conversation with Ana

    @T-1
    Scenario: The company gives its agents an hour
      Given the setting "agent_response" is "1 hour"
      When Ana texts the company "When does it come?"
      And 59 minutes 59 seconds pass
      Then Bill has not been prompted about the conversation with Ana
      When 1 second passes
      Then Bill has been prompted about the conversation with Ana

    @T-1
    Scenario: A conversation that no agent has
      Given Ben has an SMS conversation with the virtual agent
      When Ben texts the company "When does it come?"
      And 1 hour passes
      Then these messaging actions run
        | at | messaging action | with |

    @T-1 @T-3
    Scenario: The prompt to the agent is switched off
      Given the messaging action "No agent response" is inactive
      When Ana texts the company "When does it come?"
      And 1 day passes
      Then Bill has not been prompted about the conversation with Ana

  Rule: A requester who does not answer an agent for 2 days has abandoned the conversation

    @T-2 @S-5
    Scenario: Just before 2 days, and just after
      When 1 day 23 hours 59 minutes 59 seconds pass
      Then Ana's interaction is Work In Progress
      When 1 second passes
      Then Ana's interaction is Closed Abandoned because of "No Activity"
      And Ana's interaction was ended by rule T-2
      And these messaging actions run
        | at               | messaging action      | with |
        | 2026-01-07 09:00 | No requester response | Ana  |

    @T-2
    Scenario: The requester answers in time
      When 1 day 23 hours pass
      And Ana texts the company "Thanks"
      And 2 days pass
      Then Ana's interaction is Work In Progress

    @T-2
    Scenario: Another message of the agent begins the 2 days anew
      When 1 day 23 hours pass
      And Bill texts Ana "Are you at home tomorrow?"
      And 1 day 23 hours 59 minutes pass
      Then Ana's interaction is Work In Progress
      When 1 minute passes
      Then Ana's interaction is Closed Abandoned

    @T-2
    Scenario: The company waits for a week
      Given the setting "requester_response" is "1 week"
      When Bill texts Ana "Are you at home tomorrow?"
      And 6 days 23 hours pass
      Then Ana's interaction is Work In Progress
      When 1 hour passes
      Then Ana's interaction is Closed Abandoned

    @T-2 @S-4
    Scenario: The conversation ends before
      When 1 day passes
      And Ana's interaction of type messaging becomes Closed Complete
      And 1 day passes
      Then Ana's interaction is Closed Complete
      And these messaging actions run
        | at | messaging action | with |

    @T-2
    Scenario: The closing of the interaction is switched off
      Given the messaging action "No requester response" is inactive
      When 30 days pass
      Then Ana's interaction is Work In Progress

    @T-2 @S-5
    Scenario: Which state reason goes with it is open
      Given the setting "abandoned_by_messaging_action" is "left_before_engagement"
      When 2 days pass
      Then Ana's interaction is Closed Abandoned because of "Left Before Engagement"

    @T-2
    Scenario: Two days are 48 hours where clocks are put forward meanwhile
      Given it is 2026-03-28 12:00
      And Ben has an SMS conversation with agent Bill
      When 47 hours 59 minutes pass
      Then Ben's interaction is Work In Progress
      When 1 minute passes
      Then Ben's interaction is Closed Abandoned

  Rule: A company adds messaging actions of its own

    @T-3
    Scenario: The agent is prompted
      Given the messaging action "Follow up" prompts the agent 4 hours after an agent's message without a response
      When Bill texts Ana "Did it come?"
      And 3 hours 59 minutes pass
      Then Bill has not been prompted about the conversation with Ana
      When 1 minute passes
      Then Bill has been prompted about the conversation with Ana

    @T-3
    Scenario: The requester is prompted
      Given the messaging action "Nudge" prompts the requester 1 hour after an agent's message without a response
      When Bill texts Ana "Did it come?"
      And 59 minutes pass
      Then Ana has not been prompted to answer
      When 1 minute passes
      Then Ana has been prompted to answer
      And the conversation with Ana reads
        | from     | text                 |
        | Bill     | Hello                |
        | Bill     | Did it come?         |
        | instance | Are you still there? |
      And these messaging actions run
        | at               | messaging action | with |
        | 2026-01-05 10:00 | Nudge            | Ana  |

    @T-3
    Scenario: The interaction is reassigned
      Given the messaging action "Take away" reassigns the interaction 1 hour after a requester's message without a response
      When Ana texts the company "Hello?"
      And 59 minutes pass
      Then the interaction with Ana is assigned to Bill
      When 1 minute passes
      Then the interaction with Ana is assigned to nobody
      And Ana's interaction is On Hold
      And the conversation with Ana waits in the queue

    @T-3 @W-1
    Scenario: A reassigned interaction is routed to an agent who is there
      Given the messaging action "Take away" reassigns the interaction 1 hour after a requester's message without a response
      And Cleo is available
      When Ana texts the company "Hello?"
      And 1 hour passes
      Then the conversation with Ana is offered to Cleo
      When Cleo accepts the conversation with Ana
      Then the interaction with Ana is assigned to Cleo

    @T-3 @S-5
    Scenario Outline: The state becomes <state> after <event>
      Given the messaging action "End" makes the interaction <state> 1 hour after <event> without a response
      When Bill texts Ana "Did it come?"
      And Ana texts the company "Yes"
      And <who speaks last>
      And 59 minutes pass
      Then Ana's interaction is Work In Progress
      When 1 minute passes
      Then Ana's interaction is <state> because of "<reason>"

      Examples:
        | event                 | who speaks last                 | state            | reason           |
        | an agent's message    | Bill texts Ana "Good"           | Closed Complete  | No User Response |
        | an agent's message    | Bill texts Ana "Good"           | Closed Abandoned | No Activity      |
        | a requester's message | Ana texts the company "Goodbye" | Closed Complete  | Auto Closed      |

    @T-3 @A-13
    Scenario: The interaction goes to Wrap Up
      Given the messaging action "End" makes the interaction Wrap Up 1 hour after an agent's message without a response
      When Bill texts Ana "Goodbye"
      And 1 hour passes
      Then Ana's interaction is Wrap Up

    @T-3
    Scenario: It is for messages that come after it
      Given the messaging action "Nudge" prompts the requester 1 hour after an agent's message without a response
      When 1 hour passes
      Then Ana has not been prompted to answer

    @T-3
    Scenario: An inactive one does nothing
      Given the messaging action "Nudge" prompts the requester 1 hour after an agent's message without a response
      And the messaging action "Nudge" is inactive
      When Bill texts Ana "Did it come?"
      And 1 hour passes
      Then Ana has not been prompted to answer
