Feature: Why an interaction ended
  Nine reasons, and the closed state that goes with each. A requester has engaged who answered
  something; that the text which began the conversation does not count is ours (engaged_by).

  Background:
    Given the company texts from "+49 30 901820"
    And Ana is a consumer in Berlin
    And Ana's mobile number is "0151 23456789"

  Rule: The requester leaves

    @S-5
    Scenario: Before engagement
      When Ana texts the company "Hello"
      And Ana leaves the conversation
      Then Ana's interaction is Closed Abandoned because of "Left Before Engagement"
      And Ana's interaction was ended by rule S-5
      And these states change
        | entity      | of  | from | to               |
        | interaction | Ana | New  | Closed Abandoned |

    @S-5
    Scenario: After engagement
      When Ana texts the company "Hello"
      And Ana texts the company "Where is my order?"
      And Ana leaves the conversation
      Then Ana's interaction is Closed Complete because of "User Ended"

    @S-5
    Scenario: An agent's conversation, without having answered
      Given Ana has an SMS conversation with agent Bill
      When Ana leaves the conversation
      Then Ana's interaction is Closed Abandoned because of "Left Before Engagement"

    @S-5
    Scenario: An agent's conversation, having answered
      Given Ana has an SMS conversation with agent Bill
      When Ana texts the company "Thank you"
      And Ana leaves the conversation
      Then Ana's interaction is Closed Complete because of "User Ended"

    @S-5
    Scenario: The queue
      Given Ana has an SMS conversation that waits in the queue
      When Ana leaves the conversation
      Then Ana's interaction is Closed Abandoned because of "Left Before Engagement"

    @S-5
    Scenario: For a search
      When Ana texts the company "Hello"
      And Ana leaves the conversation for a search
      Then Ana's interaction is Closed Complete because of "Left For Search"

    @S-5
    Scenario: A guest
      When a text from "+49 151 23456781" reaches "+49 30 901820": "Hello"
      And the guest leaves the conversation
      Then the guest's interaction is Closed Abandoned because of "Left Before Engagement"

    @S-4
    Scenario: A conversation that has ended cannot be left
      When Ana texts the company "Hello"
      And Ana leaves the conversation
      And Ana leaves the conversation
      Then this is refused by rule S-4, because "its conversation has ended before"
      And Ana's interaction is Closed Abandoned because of "Left Before Engagement"

  Rule: The agent ends the conversation

    @S-5
    Scenario: The agent who has it
      Given Ana has an SMS conversation with agent Bill
      When Bill ends the conversation with Ana
      Then Ana's interaction is Closed Complete because of "Agent Ended"
      And Ana's interaction was ended by rule S-5

    @S-5 @S-2
    Scenario: With wrap-up configured the reason waits in Wrap Up
      Given the setting "wrap_up" is "true"
      And Ana has an SMS conversation with agent Bill
      When Ana texts the company "Thank you"
      And Ana leaves the conversation
      Then Ana's interaction is Wrap Up because of "User Ended"
      When Bill ends the wrap-up of the conversation with Ana
      Then Ana's interaction is Closed Complete because of "User Ended"

    @S-5
    Scenario: Another agent cannot
      Given Ana has an SMS conversation with agent Bill
      And Cleo is an agent
      When Cleo ends the conversation with Ana
      Then this is refused by rule S-5, because "Cleo does not have"
      And Ana's interaction is Work In Progress

  Rule: Nobody ends it

    @S-5 @T-4
    Scenario: The requester is silent from the beginning
      When Ana texts the company "Hello"
      And 2 hours pass
      Then Ana's interaction is Closed Abandoned because of "No Activity"

    @S-5 @T-4
    Scenario: The requester becomes silent
      When Ana texts the company "Hello"
      And Ana texts the company "Where is my order?"
      And 2 hours pass
      Then Ana's interaction is Closed Complete because of "No User Response"

    @S-5 @A-6
    Scenario: An agent's text closes what the virtual agent had
      Given Bill is an agent
      When Ana texts the company "Hello"
      And Bill texts Ana "How can I help?"
      Then the existing interaction is Closed Complete because of "Auto Closed"

  Rule: The virtual agent ends the conversation

    @S-5
    Scenario: The topic is complete
      Given the virtual agent's topic "Order status"
        | does | text                 |
        | says | It arrives tomorrow. |
        | ends |                      |
      When Ana texts the company "Hello"
      Then Ana's interaction is Closed Complete because of "Topic Complete"

    @S-5
    Scenario: The topic fails
      Given the virtual agent's topic "Order status"
        | does  | text                        |
        | fails | The order system is closed. |
      When Ana texts the company "Hello"
      Then the virtual agent fails because "The order system is closed."
      And Ana's interaction is Faulted because of "Error"

    @S-5
    Scenario Outline: The topic says that it ends because of "<reason>"
      Given the virtual agent's topic "Order status"
        | does | text     |
        | ends | <reason> |
      When Ana texts the company "Hello"
      Then Ana's interaction is <state> because of "<reason>"

      Examples:
        | reason                 | state            |
        | Left Before Engagement | Closed Abandoned |
        | No Activity            | Closed Abandoned |
        | User Ended             | Closed Complete  |
        | Auto Closed            | Closed Complete  |
        | No User Response       | Closed Complete  |
        | Topic Complete         | Closed Complete  |
        | Left For Search        | Closed Complete  |
        | Agent Ended            | Closed Complete  |
        | Error                  | Faulted          |
