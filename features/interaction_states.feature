Feature: The states of an interaction
  New, On Hold, Work In Progress, Wrap Up, Closed Complete, Closed Abandoned, Faulted: one
  scenario for each row of the documentation's table, told as the life of a conversation.

  Background:
    Given the company texts from "+49 30 901820"
    And Ana is a consumer in Berlin
    And Ana's mobile number is "0151 23456789"
    And Bill is available

  @S-1
  Scenario: New - an interaction is inserted
    When Ana texts the company "Where is my order?"
    Then Ana's interaction is New
    And the interaction with Ana is with the virtual agent

  @S-1
  Scenario: On Hold - it waits for assignment
    Given Ana has an SMS conversation with the virtual agent
    When the conversation with Ana is put in the queue
    Then Ana's interaction is On Hold
    And the interaction with Ana is assigned to nobody
    And these states change
      | entity      | of  | from   | to             |
      | interaction | Ana | New    | On Hold        |
      | work item   | Ana | -      | Queued         |
      | work item   | Ana | Queued | Pending Accept |

  @S-1
  Scenario: Work In Progress - an agent accepts it
    Given Ana has an SMS conversation that waits in the queue
    When Bill accepts the conversation with Ana
    Then Ana's interaction is Work In Progress
    And the interaction with Ana is assigned to Bill

  @S-1 @A-1
  Scenario: Work In Progress - an agent texts first
    When Bill texts Ana "Your parcel is here"
    Then Ana's interaction is Work In Progress
    And these states change
      | entity      | of  | from | to               |
      | interaction | Ana | -    | New              |
      | interaction | Ana | New  | Work In Progress |

  @S-2
  Scenario: Wrap Up - the agent has completed the conversation and wraps the interaction up
    Given the setting "wrap_up" is "true"
    And Ana has an SMS conversation with agent Bill
    When Bill ends the conversation with Ana
    Then Ana's interaction is Wrap Up
    And the interaction with Ana is assigned to Bill

  @S-2
  Scenario: Closed Complete - the agent ends the wrap-up
    Given the setting "wrap_up" is "true"
    And Ana has an SMS conversation with agent Bill
    When Bill ends the conversation with Ana
    And Bill ends the wrap-up of the conversation with Ana
    Then Ana's interaction is Closed Complete because of "Agent Ended"

  @S-5
  Scenario: Closed Complete - the agent closes the interaction
    Given Ana has an SMS conversation with agent Bill
    When Bill ends the conversation with Ana
    Then Ana's interaction is Closed Complete because of "Agent Ended"

  @S-5
  Scenario: Closed Complete - the requester closes the interaction
    Given Ana has an SMS conversation with agent Bill
    When Ana texts the company "Thank you, bye"
    And Ana leaves the conversation
    Then Ana's interaction is Closed Complete because of "User Ended"

  @S-5
  Scenario: Closed Abandoned - the requester leaves before anybody could help
    Given Ana has an SMS conversation with the virtual agent
    When Ana leaves the conversation
    Then Ana's interaction is Closed Abandoned because of "Left Before Engagement"

  @S-5
  Scenario: Faulted - a run-time error ends it
    Given Ana has an SMS conversation with agent Bill
    And Ana's interaction of type messaging has become Faulted
    Then Ana's interaction is Faulted because of "Error"

  @S-4
  Scenario Outline: Closing is final - nothing follows <state>
    Given Ana has an SMS conversation with agent Bill
    And Ana's interaction of type messaging has become <state>
    When the conversation with Ana is put in the queue
    Then this is refused by rule S-4, because "it takes no more changes"
    When Ana texts the company "One more thing"
    Then row R-1 of the requester's table applies
    And Ana has 1 active SMS interaction

    Examples:
      | state            |
      | Closed Complete  |
      | Closed Abandoned |
      | Faulted          |
