Feature: An agent sends an SMS: what the documentation leaves open
  Which row counts first, in which state a closed interaction ends, and what becomes of a
  conversation that waits in the queue: each is a switch of the simulated instance.

  Background:
    Given the company texts from "+49 30 901820"
    And Ana and Ben are consumers in Berlin
    And Ana's mobile number is "0151 23456789"

  Rule: What a conversation with two reasons to decide does, is a switch

    @A-4
    Scenario: The different party decides first by default
      Given the setting "different_party_first" is "true"
      And Ana has an SMS conversation with agent Bill at that number
      And Cleo is an agent
      When Cleo texts Ben at Ana's number "Your parcel is here"
      And Cleo sends it anyway
      Then decision row A-4 applies

    @A-4 @A-2 @A-8
    Scenario: The agent's conversation decides first
      Given the setting "different_party_first" is "false"
      And Ana has an SMS conversation with agent Bill at that number
      And Cleo is an agent
      When Cleo texts Ben at Ana's number "Your parcel is here"
      Then Cleo is warned that the number is currently associated with Ana
      When Cleo sends it anyway
      Then decision row A-2 applies
      And the message goes into the existing interaction
      And the interaction with Ana is assigned to Bill
      And the number belongs to Ben
      And these states change
        | entity               | of  | from   | to       |
        | channel user profile | Ana | active | inactive |
        | channel user profile | Ben | -      | active   |

    @A-4 @A-3 @A-8
    Scenario: The virtual agent's conversation decides first
      Given the setting "different_party_first" is "false"
      And Ana has an SMS conversation with the virtual agent
      And Cleo is an agent
      When Cleo texts Ben at Ana's number "Your parcel is here"
      Then Cleo is warned that the number is currently associated with Ana
      When Cleo sends it anyway
      Then decision row A-3 applies
      And the existing interaction is closed
      And a new SMS interaction with Ben is assigned to Cleo
      And the number belongs to Ben

    @A-4
    Scenario: A different party in the queue involves neither agent nor virtual agent
      Given the setting "different_party_first" is "false"
      And Ana has an SMS conversation that waits in the queue
      And Cleo is an agent
      When Cleo texts Ben at Ana's number "Your parcel is here"
      And Cleo sends it anyway
      Then decision row A-4 applies
      And the existing interaction is closed

  Rule: The state of an interaction that a send closes is a switch

    @A-6
    Scenario Outline: The closed interaction becomes <state>
      Given the setting "closed_by_send" is "<value>"
      And Ana has an SMS conversation with the virtual agent
      And Bill is an agent
      When Bill texts Ana "A human here"
      Then decision row A-3 applies
      And the existing interaction is <state> because of "<reason>"

      Examples:
        | value            | state            | reason      |
        | closed_complete  | Closed Complete  | Auto Closed |
        | closed_abandoned | Closed Abandoned | No Activity |

    @A-6 @A-4
    Scenario: A different party's interaction is abandoned, too
      Given the setting "closed_by_send" is "closed_abandoned"
      And Ana has an SMS conversation with agent Bill at that number
      When Bill texts Ben at Ana's number "Welcome"
      And Bill sends it anyway
      Then decision row A-4 applies
      And Ana's interaction is Closed Abandoned

  Rule: A conversation that waits in the queue has neither agent nor virtual agent

    @A-5 @S-1
    Scenario: The agent takes it over
      Given Ana has an SMS conversation that waits in the queue
      And Bill is an agent
      When Bill texts Ana "A human here"
      Then decision row A-5 applies
      And the message goes into the existing interaction
      And no new interaction is opened
      And the interaction with Ana is assigned to Bill
      And the only agent in the conversation with Ana is Bill
      And these states change
        | entity      | of  | from    | to               |
        | interaction | Ana | On Hold | Work In Progress |

    @A-5
    Scenario: It is closed and a new one begins
      Given the setting "queued_interaction" is "close_and_create"
      And Ana has an SMS conversation that waits in the queue
      And Bill is an agent
      When Bill texts Ana "A human here"
      Then decision row A-5 applies
      And the existing interaction is closed
      And a new SMS interaction with Ana is assigned to Bill
      And these states change
        | entity      | of  | from    | to               |
        | interaction | Ana | On Hold | Closed Complete  |
        | interaction | Ana | -       | New              |
        | interaction | Ana | New     | Work In Progress |

    @A-5 @P-6
    Scenario: A guest's is closed, its number is claimed, and a new one begins
      Given the setting "queued_interaction" is "close_and_create"
      And a guest has an SMS conversation that waits in the queue at "+49 151 23456780"
      And Bill is an agent
      When Bill texts Ben at that number "A human here"
      Then decision row A-5 applies
      And the existing interaction is closed
      And the number belongs to Ben
      And a new SMS interaction with Ben is assigned to Bill
      And the conversation with Ben reads
        | from | text         |
        | Bill | A human here |
