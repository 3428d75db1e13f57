Feature: A requester texts the company
  A text goes into the conversation on its line, or begins one with the party that the number
  is matched to.

  Background:
    Given the company texts from "+49 30 901820"

  Rule: The conversation on the line

    @R-1 @M-6 @S-1
    Scenario: Without a conversation a new one begins with the virtual agent
      Given Ana is a consumer in Berlin
      And Ana's mobile number is "0151 23456789"
      When Ana texts the company "Where is my order?"
      Then row R-1 of the requester's table applies
      And the interaction with Ana is with the virtual agent
      And the number belongs to Ana
      And these states change
        | entity               | of  | from | to     |
        | channel user profile | Ana | -    | active |
        | interaction          | Ana | -    | New    |

    @R-1 @S-1
    Scenario: Where no virtual agent answers, the conversation waits in the queue
      Given the company texts from "+49 89 123456", where requesters wait in the queue
      And Ana is a consumer in Berlin
      And Ana's mobile number is "0151 23456789"
      When a text from "+49 151 23456789" reaches "+49 89 123456": "Where is my order?"
      Then row R-1 of the requester's table applies
      And Ana's interaction is On Hold
      And the interaction with Ana is assigned to nobody

    @R-2
    Scenario: A conversation with an agent goes on
      Given Ana is a consumer in Berlin
      And Ana's mobile number is "0151 23456789"
      And Ana has an SMS conversation with agent Bill
      When Ana texts the company "Thank you"
      Then row R-2 of the requester's table applies
      And the interaction with Ana is assigned to Bill
      And the conversation with Ana reads
        | from | text      |
        | Bill | Hello     |
        | Ana  | Thank you |

    @R-3
    Scenario: A conversation with the virtual agent goes on
      Given Ana is a consumer in Berlin
      And Ana's mobile number is "0151 23456789"
      And Ana has an SMS conversation with the virtual agent
      When Ana texts the company "An agent, please"
      Then row R-3 of the requester's table applies
      And Ana has 1 active SMS interaction
      And the interaction with Ana is with the virtual agent

    @R-1 @I-8
    Scenario: A number that is not the company's
      When a text from "+49 151 23456789" reaches "+49 89 123456": "Hello?"
      Then the text is refused by rule R-1

    @R-1
    Scenario: A repeated message id is one message
      When a text from "+49 151 23456789" reaches "+49 30 901820" with the message id SM1: "Hello"
      And a text from "+49 151 23456789" reaches "+49 30 901820" with the message id SM1: "Hello"
      Then 1 text from that number has been received

    @R-1
    Scenario: A repeated message id is two messages
      Given the setting "deduplicate_inbound" is "false"
      When a text from "+49 151 23456789" reaches "+49 30 901820" with the message id SM1: "Hello"
      And a text from "+49 151 23456789" reaches "+49 30 901820" with the message id SM1: "Hello"
      Then 2 texts from that number have been received

  Rule: Whom the number is matched to

    @M-1
    Scenario: The number is on a user's record
      Given Uma is a user in Berlin
      And Uma's mobile number is "0151 23456789"
      When Uma texts the company "Hello"
      Then the requester is matched by rule M-1
      And the interaction with Uma is with the virtual agent
      And the number belongs to Uma

    @M-2
    Scenario: The number is on no record, but a profile knows it
      Given Ana is a consumer in Berlin
      And Ana has an SMS conversation with agent Bill at "0151 23456789"
      And Ana's interaction of type messaging has become Closed Complete
      When a text from "+49 151 23456789" reaches "+49 30 901820": "Thank you"
      Then the requester is matched by rule M-2
      And the interaction with Ana is with the virtual agent

    @M-3
    Scenario: Nobody knows the number
      When a text from "+49 151 23456789" reaches "+49 30 901820": "Hello"
      Then the requester is matched by rule M-3
      And the interaction with the guest is with the virtual agent
      And the number belongs to a guest

    @M-4
    Scenario: The record says Ben, the profile says Ana
      Given Ana and Ben are consumers in Berlin
      And Ana's mobile number is "0151 23456789"
      And Ana has an SMS conversation with agent Bill
      And Ana's interaction of type messaging has become Closed Complete
      And Ana's mobile number is removed
      And Ben's mobile number is "0151 23456789"
      When a text from "+49 151 23456789" reaches "+49 30 901820": "Thank you"
      Then the requester is matched by rule M-4
      And the interaction with Ana is with the virtual agent
      And the number belongs to Ana

    @M-5
    Scenario: The number is on several records
      Given Ana and Ben are consumers in Berlin
      And Ana's mobile number is "0151 23456789"
      And Ben's mobile number is "0151 23456789"
      When a text from "+49 151 23456789" reaches "+49 30 901820": "Hello"
      Then the requester is matched by rule M-5
      And the number belongs to a guest

    @M-6
    Scenario Outline: The number is on the record of a <kind>
      Given Cem is a <kind> in Berlin
      And Cem's mobile number is "0151 23456789"
      When Cem texts the company "Hello"
      Then the requester is matched by rule M-1
      And the number belongs to Cem

      Examples:
        | kind     |
        | contact  |
        | consumer |

    @M-6
    Scenario: Consumers are not looked up
      Given the setting "match_consumers" is "false"
      And Ana is a consumer in Berlin
      And Ana's mobile number is "0151 23456789"
      When Ana texts the company "Hello"
      Then the requester is matched by rule M-3
      And the number belongs to a guest
