Feature: Conversations of guests, who have no name
  A conversation may be named by its line: the requester's number and the company's. So a
  story can tell what agents do about guests, and which of one party's conversations is meant.

  Background:
    Given the company texts from "+49 30 901820", where requesters wait in the queue
    And the company texts from "+49 89 123456"
    And Bill and Cleo are agents

  @S-1 @W-4
  Scenario: A guest's conversation is offered and accepted
    Given Bill is available
    When a text from "+49 151 23456781" reaches "+49 30 901820": "Hello"
    And Bill accepts the conversation at "+49 151 23456781" through "+49 30 901820"
    Then the guest's interaction is Work In Progress
    And these states change
      | entity    | of    | from           | to               |
      | work item | guest | Pending Accept | Accepted         |

  @W-4
  Scenario: A guest's conversation is rejected and goes to another
    Given Bill is available
    When a text from "+49 151 23456781" reaches "+49 30 901820": "Hello"
    And Cleo becomes available
    And Bill rejects the conversation at "+49 151 23456781" through "+49 30 901820" because of "Not Qualified"
    Then these offers are made
      | conversation with | to   | rule |
      | guest             | Cleo | W-3  |

  @S-1 @W-4
  Scenario: Of a guest's two conversations one is taken and given to another
    When a text from "+49 151 23456781" reaches "+49 30 901820": "Hello"
    And a text from "+49 151 23456781" reaches "+49 89 123456": "Hello, too"
    And Bill takes the conversation at "+49 151 23456781" through "+49 30 901820"
    And Cleo becomes available
    And Bill transfers the conversation at "+49 151 23456781" through "+49 30 901820" to Cleo
    And Cleo accepts the conversation at "+49 151 23456781" through "+49 30 901820"
    And Cleo ends the conversation at "+49 151 23456781" through "+49 30 901820"
    Then these states change
      | entity      | of    | from             | to              |
      | interaction | guest | Work In Progress | Closed Complete |
    And the interaction with the guest is with the virtual agent

  @S-5
  Scenario: A guest leaves before anybody has answered
    When a text from "+49 151 23456781" reaches "+49 30 901820": "Hello"
    And the requester leaves the conversation at "+49 151 23456781" through "+49 30 901820"
    Then the guest's interaction is Closed Abandoned because of "Left Before Engagement"

  @S-5
  Scenario: A guest leaves for a search
    When a text from "+49 151 23456781" reaches "+49 89 123456": "Hello"
    And the requester leaves the conversation at "+49 151 23456781" through "+49 89 123456" for a search
    Then the guest's interaction is Closed Complete because of "Left For Search"

  @S-2 @S-5
  Scenario: A guest's conversation goes through Wrap Up
    When a text from "+49 151 23456781" reaches "+49 89 123456": "Hello"
    And the conversation at "+49 151 23456781" through "+49 89 123456" is put in the queue
    And Bill takes the conversation at "+49 151 23456781" through "+49 89 123456"
    And the conversation at "+49 151 23456781" through "+49 89 123456" goes to Wrap Up
    Then the guest's interaction is Wrap Up
    When Bill ends the wrap-up of the conversation at "+49 151 23456781" through "+49 89 123456"
    Then the guest's interaction is Closed Complete because of "Agent Ended"

  @S-5
  Scenario: A guest's conversation ends for a reason
    When a text from "+49 151 23456781" reaches "+49 89 123456": "Hello"
    And the conversation at "+49 151 23456781" through "+49 89 123456" ends because of "No Activity"
    Then the guest's interaction is Closed Abandoned because of "No Activity"

  @A-9 @A-1 @A-2
  Scenario: Two agents text one of a party's numbers at the same moment
    Given Ana is a consumer in Berlin
    When Bill and Cleo text Ana at "+49 151 23456781" from "+49 89 123456" at the same moment
    Then decision row A-1 applies to Bill, row A-2 to Cleo
    When Cleo texts Ana at "+49 151 23456781" from "+49 30 901820" "Your parcel is here"
    Then decision row A-1 applies
    And Ana has 2 active SMS interactions
