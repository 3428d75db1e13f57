Feature: An agent transfers a conversation to another
  The other agent is asked and must accept. Until then, and when they do not accept, the
  conversation stays with the first.

  Background:
    Given the company texts from "+49 30 901820", where requesters wait in the queue
    And Ana and Ben are consumers in Berlin
    And Ana's mobile number is "0151 23456789"
    And Ben's mobile number is "0151 23456780"
    And Bill, Cleo and Dora are available
    And Ana has an SMS conversation that waits in the queue
    And Bill has accepted it

  @W-4 @W-1
  Scenario: The other agent is asked, and nobody else
    When Bill transfers the conversation with Ana to Dora
    Then the conversation with Ana is offered to Dora
    And nothing is offered to Cleo
    And the interaction with Ana is assigned to Bill
    And Ana's interaction is Work In Progress
    And these offers are made
      | conversation with | to   | rule |
      | Ana               | Dora | W-1  |

  @W-4 @I-5
  Scenario: The other agent accepts
    Given Bill has transferred the conversation with Ana to Dora
    When Dora accepts the conversation with Ana
    Then the interaction with Ana is assigned to Dora
    And the only agent in the conversation with Ana is Dora

  @W-4 @I-5
  Scenario: The first agent stays in the conversation
    Given the setting "transferring_agent_leaves" is "false"
    And Bill has transferred the conversation with Ana to Dora
    When Dora accepts the conversation with Ana
    Then the interaction with Ana is assigned to Dora
    And the agents in the conversation with Ana are Bill and Dora

  @W-4
  Scenario Outline: The other agent rejects it because of "<reason>"
    Given Bill has transferred the conversation with Ana to Dora
    When Dora rejects it because of "<reason>"
    Then the conversation with Ana is offered to nobody any more
    And the interaction with Ana is assigned to Bill
    And Ana's interaction is Work In Progress

    Examples:
      | reason        |
      | Busy          |
      | Not Qualified |

  @W-4
  Scenario: The other agent does not answer in time
    Given Bill has transferred the conversation with Ana to Dora
    When 1 minute passes
    Then the conversation with Ana is offered to nobody any more
    And the interaction with Ana is assigned to Bill

  @W-1
  Scenario: The other agent is away
    Given Dora is away
    When Bill transfers the conversation with Ana to Dora
    Then the conversation with Ana waits for Dora
    And the interaction with Ana is assigned to Bill
    When Dora becomes available
    Then the conversation with Ana is offered to Dora

  @W-2
  Scenario: The other agent has no room
    Given Dora takes up to 1 SMS conversation
    And Ben has an SMS conversation with agent Dora
    When Bill transfers the conversation with Ana to Dora
    Then the conversation with Ana waits for Dora
    When Dora ends the conversation with Ben
    Then the conversation with Ana is offered to Dora

  @R-2
  Scenario: The requester still talks to the first agent
    Given Bill has transferred the conversation with Ana to Dora
    When Ana texts the company "Are you there?"
    Then row R-2 of the requester's table applies
    And the interaction with Ana is assigned to Bill
    And the conversation with Ana is offered to Dora

  @W-4
  Scenario: The conversation ends before the other agent has answered
    Given Bill has transferred the conversation with Ana to Dora
    When Bill ends the conversation with Ana
    Then the conversation with Ana is offered to nobody any more

  @W-4 @S-1
  Scenario: The conversation goes back to the queue before the other agent has answered
    Given Bill has transferred the conversation with Ana to Dora
    When the conversation with Ana is put in the queue
    Then the conversation with Ana is offered to Cleo
    And nothing is offered to Dora

  @W-4 @I-8
  Scenario: Only the agent who has it can give it
    When Cleo transfers the conversation with Ana to Dora
    Then this is refused by rule W-4, because "Cleo does not have"

  @W-4 @I-8
  Scenario: It is given to one agent at a time
    Given Bill has transferred the conversation with Ana to Dora
    When Bill transfers the conversation with Ana to Cleo
    Then this is refused by rule W-4, because "waits for Dora"

  @W-4 @I-8
  Scenario: An agent cannot give it to themselves
    When Bill transfers the conversation with Ana to Bill
    Then this is refused by rule W-4, because "Bill has"

  @S-4 @I-8
  Scenario: What has ended is not transferred
    Given Ana's interaction of type messaging has become Closed Complete
    When Bill transfers the conversation with Ana to Dora
    Then this is refused by rule S-4, because "Closed Complete"

  @W-4 @S-2 @I-8
  Scenario: What is in Wrap Up is not transferred
    Given Ana's interaction of type messaging has become Wrap Up
    When Bill transfers the conversation with Ana to Dora
    Then this is refused by rule W-4, because "Wrap Up"
