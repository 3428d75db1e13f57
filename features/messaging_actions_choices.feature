Feature: Messaging actions: for whom, in which order, and what the documentation leaves open

  Background:
    Given the company texts from "+49 30 901820"
    And Ana is a consumer in Berlin
    And Cem is a contact in Berlin
    And Ana's mobile number is "0151 23456789"
    And Cem's mobile number is "0151 23456780"
    And Cleo is an agent
    And the messaging action "Nudge" prompts the requester 1 hour after an agent's message without a response

  Rule: A filter says which interactions a messaging action is for

    @T-3
    Scenario: Only for contacts
      Given the messaging action "Nudge" is only for conversations with contacts
      And Ana has an SMS conversation with agent Bill
      And Cem has an SMS conversation with agent Bill
      When 1 hour passes
      Then Ana has not been prompted to answer
      And Cem has been prompted to answer

    @T-3
    Scenario: Only for what one agent has
      Given the messaging action "Nudge" is only for conversations that Cleo has
      And Ana has an SMS conversation with agent Bill
      And Cem has an SMS conversation with agent Cleo
      When 1 hour passes
      Then Ana has not been prompted to answer
      And Cem has been prompted to answer

    @T-3
    Scenario: Only through one number of the company
      Given the company texts from "+49 89 123456"
      And the messaging action "Nudge" is only for conversations through "+49 89 123456"
      And Ana has an SMS conversation with agent Bill through "+49 30 901820"
      And Cem has an SMS conversation with agent Bill through "+49 89 123456"
      When 1 hour passes
      Then Ana has not been prompted to answer
      And Cem has been prompted to answer

  Rule: What falls due runs at its own time and in its order

    @T-1 @T-2 @T-3
    Scenario: Several messaging actions while 2 days pass
      Given the messaging action "Take away" reassigns the interaction 4 hours after a requester's message without a response
      And the messaging action "Remind Bill" prompts the agent 1 hour after an agent's message without a response
      And Ana has an SMS conversation with agent Bill
      And it is 2026-01-05 09:10
      And Cem has an SMS conversation with agent Bill
      When Cem texts the company "Hello?"
      And 2 days pass
      Then these messaging actions run
        | at               | messaging action      | with |
        | 2026-01-05 09:40 | No agent response     | Cem  |
        | 2026-01-05 10:00 | Nudge                 | Ana  |
        | 2026-01-05 10:00 | Remind Bill           | Ana  |
        | 2026-01-05 13:10 | Take away             | Cem  |
        | 2026-01-07 09:00 | No requester response | Ana  |
      And Ana's interaction is Closed Abandoned
      And the interaction with Cem is assigned to nobody

    @T-3 @S-4
    Scenario: Nothing is done to an interaction that another messaging action has closed
      Given the messaging action "End" makes the interaction Closed Complete 30 minutes after an agent's message without a response
      And Ana has an SMS conversation with agent Bill
      When 3 days pass
      Then Ana's interaction is Closed Complete
      And Ana has not been prompted to answer
      And these messaging actions run
        | at               | messaging action | with |
        | 2026-01-05 09:30 | End              | Ana  |

  Rule: Whether a prompt repeats is a switch

    @T-3
    Scenario: A requester is prompted once
      Given the setting "prompts_repeat" is "false"
      And Ana has an SMS conversation with agent Bill
      When 5 hours pass
      Then Ana has been prompted to answer

    @T-3
    Scenario: A requester is prompted until there is an answer
      Given the setting "prompts_repeat" is "true"
      And Ana has an SMS conversation with agent Bill
      When 3 hours 30 minutes pass
      Then Ana has been prompted 3 times to answer
      When Ana texts the company "Yes"
      And 5 hours pass
      Then Ana has been prompted 3 times to answer
      And Bill has been prompted 10 times about the conversation with Ana

    @T-3
    Scenario: Nobody is prompted in a conversation that has been given away
      Given the setting "prompts_repeat" is "true"
      And the messaging action "Take away" reassigns the interaction 2 hours after an agent's message without a response
      And Ana has an SMS conversation with agent Bill
      When 1 day passes
      Then Ana has been prompted to answer

  Rule: When it is looked at whether a messaging action is for an interaction, is a switch

    @T-3
    Scenario: When the time is up
      Given Ana has an SMS conversation with agent Bill
      When the messaging action "Nudge" becomes inactive
      And 1 hour passes
      Then Ana has not been prompted to answer

    @T-3
    Scenario: When the message is written
      Given the setting "messaging_action_filter" is "at_message"
      And Ana has an SMS conversation with agent Bill
      When the messaging action "Nudge" becomes inactive
      And 1 hour passes
      Then Ana has been prompted to answer

  Rule: What cannot be is refused

    @T-3
    Scenario Outline: A messaging action that waits <duration>
      Given the messaging action "Odd" prompts the agent <duration> after an agent's message without a response
      Then the messaging action is refused by rule T-3, which says "longer than 0 and at most 36525 days"

      Examples:
        | duration    |
        | 0 minutes  |
        | 36526 days |

    @T-3
    Scenario: A state that a messaging action cannot set
      Given the messaging action "Odd" makes the interaction New 1 hour after an agent's message without a response
      Then the messaging action is refused by rule T-3, which says "it can set Closed Complete, Closed Abandoned, Wrap Up"

    @T-3
    Scenario: A name that another messaging action has
      Given the messaging action "Nudge" prompts the agent 1 hour after an agent's message without a response
      Then the messaging action is refused by rule T-3, which says "already"
