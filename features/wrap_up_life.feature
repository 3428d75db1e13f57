Feature: Wrapping up after a conversation
  With wrap-up configured, an agent has time to complete the record when a conversation has
  ended. Meanwhile the interaction still takes the agent's capacity.

  Background:
    Given the company texts from "+49 30 901820", where requesters wait in the queue
    And Ana and Ben are consumers in Berlin
    And Ana's mobile number is "0151 23456789"
    And Ben's mobile number is "0151 23456780"
    And Bill is available
    And Ana has an SMS conversation that waits in the queue
    And Bill has accepted it

  Rule: With wrap-up configured

    Background:
      Given the setting "wrap_up" is "true"

    @S-2
    Scenario: The agent ends the conversation, then the wrap-up
      When Bill ends the conversation with Ana
      Then Ana's interaction is Wrap Up
      And these states change
        | entity      | of  | from             | to      |
        | interaction | Ana | Work In Progress | Wrap Up |
      When Bill ends the wrap-up of the conversation with Ana
      Then Ana's interaction is Closed Complete because of "Agent Ended"

    @S-2 @S-5
    Scenario: The requester ends the conversation
      When Ana texts the company "Thank you, bye"
      And Ana leaves the conversation
      Then Ana's interaction is Wrap Up
      When Bill ends the wrap-up of the conversation with Ana
      Then Ana's interaction is Closed Complete because of "User Ended"

    @S-2
    Scenario: The timer ends the wrap-up
      When Bill ends the conversation with Ana
      And 4 minutes 59 seconds pass
      Then Ana's interaction is Wrap Up
      When 1 second passes
      Then Ana's interaction is Closed Complete because of "Agent Ended"
      And the system ended the wrap-up of the conversation with Ana
      And these states change
        | entity      | of  | from    | to              |
        | interaction | Ana | Wrap Up | Closed Complete |

    @S-2
    Scenario: How long wrap-up takes is configured
      Given the setting "wrap_up_duration" is "30 minutes"
      When Bill ends the conversation with Ana
      And 29 minutes pass
      Then Ana's interaction is Wrap Up
      When 1 minute passes
      Then Ana's interaction is Closed Complete

    @S-2
    Scenario: An agent who is faster stops the timer
      When Bill ends the conversation with Ana
      And Bill ends the wrap-up of the conversation with Ana
      And 2 days pass
      Then Ana's interaction is Closed Complete
      And the agent ended the wrap-up of the conversation with Ana

    @S-2 @I-8
    Scenario: Only Wrap Up can be ended
      When Bill ends the wrap-up of the conversation with Ana
      Then this is refused by rule S-2, because "not in Wrap Up"
      And Ana's interaction is Work In Progress

    @S-2 @I-8
    Scenario: A conversation in Wrap Up does not go on
      When Bill ends the conversation with Ana
      And the conversation with Ana is put in the queue
      Then this is refused by rule S-2, because "only closing follows"

    @S-2
    Scenario: A conversation that no agent has is not wrapped up
      Given Ben has an SMS conversation that waits in the queue
      When Ben leaves the conversation
      Then Ben's interaction is Closed Abandoned

    @S-3 @W-2
    Scenario: Wrap Up takes capacity until it has ended
      Given Bill takes up to 1 SMS conversation
      And Ben has an SMS conversation that waits in the queue
      When Bill ends the conversation with Ana
      Then the conversation with Ben waits in the queue
      And Bill can take 0 more SMS conversations
      When Bill ends the wrap-up of the conversation with Ana
      Then the conversation with Ben is offered to Bill

    @S-3 @W-2
    Scenario: Wrap Up takes capacity for conversations of any type
      Given Bill takes up to 1 conversation of any type
      And Ben has an SMS conversation that waits in the queue
      When Bill ends the conversation with Ana
      Then the conversation with Ben waits in the queue
      When 5 minutes pass
      Then the conversation with Ben is offered to Bill

  Rule: Without

    @S-2
    Scenario: The end of the conversation closes the interaction
      When Bill ends the conversation with Ana
      Then Ana's interaction is Closed Complete because of "Agent Ended"
