Feature: A requester texts the company
  The documentation's table of conversations that a requester begins. A text goes into the
  conversation on its line, the pair of the requester's number and the company's; only where
  there is none does a new one begin.

  Background:
    Given the company texts from "+49 30 901820"
    And Ana is a consumer in Berlin
    And Ana's mobile number is "0151 23456789"

  Rule: No conversation is going on: a new one begins

    @R-1 @M-6 @S-1
    Scenario: With the virtual agent
      When Ana texts the company "Where is my order?"
      Then row R-1 of the requester's table applies
      And the interaction with Ana is with the virtual agent
      And the number belongs to Ana
      And these states change
        | entity               | of  | from | to     |
        | channel user profile | Ana | -    | active |
        | interaction          | Ana | -    | New    |

    @R-1 @S-1
    Scenario: In the queue, where no virtual agent answers
      Given the company texts from "+49 89 123456", where requesters wait in the queue
      When Ana texts the company at "+49 89 123456" "Where is my order?"
      Then row R-1 of the requester's table applies
      And Ana's interaction is On Hold
      And the interaction with Ana is assigned to nobody
      And these states change
        | entity      | of  | from | to      |
        | interaction | Ana | -    | New     |
        | interaction | Ana | New  | On Hold |

    @R-1 @S-4
    Scenario Outline: After the last one has become <state>
      Given Ana has an SMS conversation with agent Bill
      And Ana's interaction of type messaging has become <state>
      When Ana texts the company "One more thing"
      Then row R-1 of the requester's table applies
      And the interaction with Ana is with the virtual agent
      And Ana has 1 active SMS interaction
      And the conversation with Ana reads
        | from | text           |
        | Ana  | One more thing |

      Examples:
        | state            |
        | Closed Complete  |
        | Closed Abandoned |
        | Faulted          |

  Rule: An agent has the conversation: the text goes into it

    @R-2
    Scenario: Same agent, same interaction
      Given Ana has an SMS conversation with agent Bill
      When Ana texts the company "Thank you"
      Then row R-2 of the requester's table applies
      And no new interaction is opened
      And the interaction with Ana is assigned to Bill
      And Ana has 1 active SMS interaction
      And the conversation with Ana reads
        | from | text      |
        | Bill | Hello     |
        | Ana  | Thank you |

    @R-2
    Scenario: It waits in the queue, and goes on waiting
      Given Ana has an SMS conversation that waits in the queue
      When Ana texts the company "Is anybody there?"
      Then row R-2 of the requester's table applies
      And no new interaction is opened
      And Ana's interaction is On Hold
      And the interaction with Ana is assigned to nobody
      And the conversation with Ana reads
        | from | text              |
        | Ana  | Hello             |
        | Ana  | Is anybody there? |

  Rule: The virtual agent has the conversation: its topic goes on

    @R-3
    Scenario: Same interaction, next step of the topic
      Given the virtual agent's topic "Order status"
        | does | text           |
        | asks | What order?    |
        | asks | What is wrong? |
      When Ana texts the company "Hello"
      And Ana texts the company "4711"
      Then row R-3 of the requester's table applies
      And no new interaction is opened
      And the interaction with Ana is with the virtual agent
      And the conversation with Ana reads
        | from          | text           |
        | Ana           | Hello          |
        | virtual agent | What order?    |
        | Ana           | 4711           |
        | virtual agent | What is wrong? |

    @R-3
    Scenario: Without a topic the virtual agent says nothing
      Given Ana has an SMS conversation with the virtual agent
      When Ana texts the company "An agent, please"
      Then row R-3 of the requester's table applies
      And Ana has 1 active SMS interaction
      And the interaction with Ana is with the virtual agent
      And the conversation with Ana reads
        | from | text             |
        | Ana  | Hello            |
        | Ana  | An agent, please |

  Rule: Several lines of one requester

    Background:
      Given the company texts from "+49 89 123456", where requesters wait in the queue
      And the company texts from "+49 40 123456"

    @R-1 @I-1
    Scenario: Each number of the company is a line of its own
      When Ana texts the company at "+49 30 901820" "My order?"
      And Ana texts the company at "+49 89 123456" "My bill?"
      And Ana texts the company at "+49 40 123456" "My address?"
      Then row R-1 of the requester's table applies
      And Ana has 3 active SMS interactions
      And the interaction with Ana through "+49 30 901820" is with the virtual agent
      And the interaction with Ana through "+49 89 123456" is On Hold
      And the interaction with Ana through "+49 40 123456" is with the virtual agent

    @R-1 @R-2 @R-3
    Scenario: Each text goes into the conversation on its own line
      Given Ana has an SMS conversation with agent Bill through "+49 40 123456"
      When Ana texts the company at "+49 30 901820" "My order?"
      Then row R-1 of the requester's table applies
      When Ana texts the company at "+49 40 123456" "Thank you"
      Then row R-2 of the requester's table applies
      When Ana texts the company at "+49 30 901820" "It is 4711"
      Then row R-3 of the requester's table applies
      And the conversation with Ana through "+49 30 901820" reads
        | from | text       |
        | Ana  | My order?  |
        | Ana  | It is 4711 |
      And the conversation with Ana through "+49 40 123456" reads
        | from | text      |
        | Bill | Hello     |
        | Ana  | Thank you |
      And the interaction with Ana through "+49 40 123456" is assigned to Bill

    @S-4 @R-1
    Scenario: The end of one conversation leaves the others alone
      Given Ana has an SMS conversation with agent Bill through "+49 40 123456"
      When Ana texts the company at "+49 30 901820" "My order?"
      And Ana leaves the conversation
      Then the interaction with Ana through "+49 30 901820" is Closed Abandoned
      And the interaction with Ana through "+49 40 123456" is Work In Progress

    @R-1 @P-7
    Scenario: Another number of the same requester is another line
      Given Ana's home number is "030 1234567"
      When a text from "+49 151 23456789" reaches "+49 30 901820": "My order?"
      And a text from "+49 30 1234567" reaches "+49 30 901820": "It is me again"
      Then row R-1 of the requester's table applies
      And Ana has 2 active SMS interactions

  Rule: Texts that cannot be, or come twice

    @R-1 @I-8
    Scenario: A number that is not the company's
      When a text from "+49 151 23456789" reaches "+49 89 123456": "Hello?"
      Then the text is refused by rule R-1

    @R-1
    Scenario: A repeated message id is one message
      When a text from "+49 151 23456789" reaches "+49 30 901820" with the message id SM1: "Hello"
      And a text from "+49 151 23456789" reaches "+49 30 901820" with the message id SM1: "Hello"
      Then 1 text from that number has been received
      And nothing has changed

    @R-1
    Scenario: A repeated message id after the end of the conversation begins no other
      When a text from "+49 151 23456789" reaches "+49 30 901820" with the message id SM1: "Hello"
      And Ana leaves the conversation
      And a text from "+49 151 23456789" reaches "+49 30 901820" with the message id SM1: "Hello"
      Then nothing has changed
      And Ana has 0 active SMS interactions

    @R-1 @R-3
    Scenario: The virtual agent answers a repeated text once
      Given the virtual agent's topic "Order status"
        | does | text           |
        | asks | What order?    |
        | asks | What is wrong? |
      When a text from "+49 151 23456789" reaches "+49 30 901820" with the message id SM1: "Hello"
      And a text from "+49 151 23456789" reaches "+49 30 901820" with the message id SM1: "Hello"
      Then the conversation with Ana reads
        | from          | text        |
        | Ana           | Hello       |
        | virtual agent | What order? |

    @R-1
    Scenario: A repeated message id is two messages
      Given the setting "deduplicate_inbound" is "false"
      When a text from "+49 151 23456789" reaches "+49 30 901820" with the message id SM1: "Hello"
      And a text from "+49 151 23456789" reaches "+49 30 901820" with the message id SM1: "Hello"
      Then 2 texts from that number have been received

    @R-1
    Scenario: Equal texts with ids of their own are two messages
      When a text from "+49 151 23456789" reaches "+49 30 901820" with the message id SM1: "Hello"
      And a text from "+49 151 23456789" reaches "+49 30 901820" with the message id SM2: "Hello"
      Then 2 texts from that number have been received
