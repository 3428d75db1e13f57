Feature: Two agents send at the same moment
  Two sends on one line either wait for each other, so that the second finds the conversation
  of the first, or race. Nothing documents which; a race leaves two conversations on one line.

  Background:
    Given the company texts from "+49 30 901820"
    And Ana is a consumer in Berlin
    And Ana's mobile number is "0151 23456789"
    And Bill and Cleo are agents

  @A-9 @A-1 @A-2 @I-1
  Scenario: One creates, the other joins
    When Bill and Cleo text Ana at the same moment
    Then decision row A-1 applies to Bill, row A-2 to Cleo
    And Ana has 1 active SMS interaction
    And the interaction with Ana is assigned to Bill
    And the agents in the conversation with Ana are Bill and Cleo
    And the conversation with Ana reads
      | from | text      |
      | Bill | Bill here |
      | Cleo | Cleo here |

  @A-9
  Scenario: It is the same with the switch set by hand
    Given the setting "sends_are_serialised" is "true"
    When Cleo and Bill text Ana at the same moment
    Then decision row A-1 applies to Cleo, row A-2 to Bill
    And Ana has 1 active SMS interaction
    And the interaction with Ana is assigned to Cleo

  @A-9 @I-1
  Scenario: They race, and both create
    Given Ana has an SMS conversation with agent Bill
    And Ana's interaction of type messaging has become Closed Complete
    And the setting "sends_are_serialised" is "false"
    When Bill and Cleo text Ana at the same moment
    Then decision row A-1 applies to Bill, row A-1 to Cleo
    And invariant I-1 is broken by both interactions
    And Ana has 2 active SMS interactions

  @A-9 @I-1 @I-2
  Scenario: They race for a free number, and it has two owners
    Given the setting "sends_are_serialised" is "false"
    When Bill and Cleo text Ana at the same moment
    Then invariant I-1 is broken by both interactions
    And invariant I-2 is broken, too
    And Ana has 2 active SMS interactions

  @A-9 @A-2
  Scenario: A race on a conversation that an agent has breaks nothing
    Given the setting "sends_are_serialised" is "false"
    And Ana has an SMS conversation with agent Bill
    When Bill and Cleo text Ana at the same moment
    Then decision row A-2 applies to Bill, row A-2 to Cleo
    And Ana has 1 active SMS interaction
    And the agents in the conversation with Ana are Bill and Cleo
