Feature: A guest's number
  A requester whose number matches nobody is a guest: the number has a profile that is bound
  to nobody. An agent who writes to a party at that number is not warned.

  Background:
    Given the company texts from "+49 30 901820"
    And Ana is a consumer in Berlin

  Rule: The guest's profile is claimed

    @P-6 @P-10 @A-2 @A-7
    Scenario: The guest talks to an agent
      Given a guest has an SMS conversation with agent Bill at "+49 151 23456789"
      And Cleo is an agent
      When Cleo texts Ana at that number "Is that you, Ana?"
      Then decision row A-2 applies
      And Cleo is not warned
      And the number belongs to Ana
      And the message goes into the existing interaction
      And the existing interaction is with Ana
      And the interaction with Ana is assigned to Bill
      And the agents in the conversation with Ana are Bill and Cleo
      And the number's profiles have been
        | of  | state  |
        | Ana | active |
      And these states change
        | entity  | of  | from   | to     |
        | message | Ana | -      | queued |
        | message | Ana | queued | sent   |

    @P-6 @A-3
    Scenario: The guest talks to the virtual agent
      Given a guest has an SMS conversation with the virtual agent at "+49 151 23456789"
      And Cleo is an agent
      When Cleo texts Ana at that number "Is that you, Ana?"
      Then decision row A-3 applies
      And Cleo is not warned
      And the existing interaction is closed
      And the existing interaction is still with a guest
      And a new SMS interaction with Ana is assigned to Cleo
      And the number belongs to Ana
      And the number's profiles have been
        | of  | state  |
        | Ana | active |

    @P-6 @A-5 @P-10
    Scenario: The guest waits in the queue
      Given a guest has an SMS conversation that waits in the queue at "+49 151 23456789"
      And Cleo is an agent
      When Cleo texts Ana at that number "Is that you, Ana?"
      Then decision row A-5 applies
      And Cleo is not warned
      And the existing interaction is with Ana
      And the interaction with Ana is assigned to Cleo
      And the number belongs to Ana

    @P-6 @A-1 @P-9
    Scenario: The guest's conversation is over
      Given a guest has an SMS conversation with agent Bill at "+49 151 23456789"
      And the guest's interaction has become Closed Complete
      When Bill texts Ana at that number "Is that you, Ana?"
      Then decision row A-1 applies
      And Bill is not warned
      And the number belongs to Ana
      And a new SMS interaction with Ana is assigned to Bill

    @P-6 @P-2
    Scenario: Once claimed, the next party is warned about
      Given Ben is a consumer in Berlin
      And a guest has an SMS conversation with agent Bill at "+49 151 23456789"
      When Bill texts Ana at that number "Is that you, Ana?"
      And Bill texts Ben at that number "Or is it you, Ben?"
      Then Bill is warned that the number is currently associated with Ana

  Rule: The guest's profile is replaced, where the switch says so

    @P-6
    Scenario: The guest talks to an agent, and the profile is replaced
      Given the setting "guest_profile" is "replace"
      And a guest has an SMS conversation with agent Bill at "+49 151 23456789"
      When Bill texts Ana at that number "Is that you, Ana?"
      Then decision row A-2 applies
      And Bill is not warned
      And the existing interaction is still with a guest
      And the number's profiles have been
        | of    | state    |
        | guest | inactive |
        | Ana   | active   |
      And these states change
        | entity               | of    | from   | to       |
        | channel user profile | guest | active | inactive |
        | channel user profile | Ana   | -      | active   |

    @P-6
    Scenario: The guest's conversation is over, and the profile is replaced
      Given the setting "guest_profile" is "replace"
      And a guest has an SMS conversation with the virtual agent at "+49 151 23456789"
      And the guest's interaction has become Closed Abandoned
      And Bill is an agent
      When Bill texts Ana at that number "Is that you, Ana?"
      Then decision row A-1 applies
      And the number's profiles have been
        | of    | state    |
        | guest | inactive |
        | Ana   | active   |

  Rule: The guest's active interaction follows the claimed profile, or stays a guest's

    @P-10
    Scenario: It stays a guest's
      Given the setting "claim_updates_interaction" is "false"
      And a guest has an SMS conversation with agent Bill at "+49 151 23456789"
      When Bill texts Ana at that number "Is that you, Ana?"
      Then decision row A-2 applies
      And the number belongs to Ana
      And the existing interaction is still with a guest
      And Ana has 0 active SMS interactions

    @P-10
    Scenario: The guest's conversation on another line follows, too
      Given the company texts from "+49 89 123456"
      And a guest has an SMS conversation with agent Bill at "+49 151 23456789" through "+49 89 123456"
      When Bill texts Ana at that number from "+49 30 901820" "Is that you, Ana?"
      Then decision row A-1 applies
      And Ana has 2 active SMS interactions

    @P-10 @S-4
    Scenario: A closed interaction of the guest stays a guest's
      Given a guest has an SMS conversation with agent Bill at "+49 151 23456789"
      And the guest's interaction has become Closed Complete
      When Bill texts Ana at that number "Is that you, Ana?"
      Then Ana has 1 active SMS interaction
      And the guest's interaction is Closed Complete

  Rule: Whether a guest counts as a different party is a switch

    @A-7
    Scenario Outline: A guest is no different party: the conversation <conversation> follows <row>
      Given the setting "guest_is_different_party" is "false"
      And a guest has an SMS conversation <conversation> at "+49 151 23456789"
      And Cleo is an agent
      When Cleo texts Ana at that number "Is that you, Ana?"
      Then decision row <row> applies

      Examples:
        | conversation            | row |
        | with agent Bill         | A-2 |
        | with the virtual agent  | A-3 |
        | that waits in the queue | A-5 |

    @A-7 @A-4
    Scenario Outline: A guest is a different party: the conversation <conversation> is closed
      Given the setting "guest_is_different_party" is "true"
      And a guest has an SMS conversation <conversation> at "+49 151 23456789"
      And Cleo is an agent
      When Cleo texts Ana at that number "Is that you, Ana?"
      Then decision row A-4 applies
      And Cleo is not warned
      And the existing interaction is closed
      And the existing interaction is still with a guest
      And a new SMS interaction with Ana is assigned to Cleo
      And the number's profiles have been
        | of    | state    |
        | guest | inactive |
        | Ana   | active   |

      Examples:
        | conversation            |
        | with agent Bill         |
        | with the virtual agent  |
        | that waits in the queue |
