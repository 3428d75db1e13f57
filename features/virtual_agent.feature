Feature: The virtual agent
  The virtual agent answers first. What it says is a topic: a script of steps that speak, wait
  for a reply, offer a choice, hand over to an agent, or end the conversation.

  Background:
    Given the company texts from "+49 30 901820"
    And Ana is a consumer in Berlin
    And Ana's mobile number is "0151 23456789"

  Rule: A topic goes on with each reply

    @R-3 @S-5
    Scenario: A topic from its beginning to its end
      Given the virtual agent's topic "Order status"
        | does | text                         |
        | says | Welcome.                     |
        | asks | What is your order's number? |
        | says | It arrives tomorrow.         |
        | ends |                              |
      When Ana texts the company "Hello"
      Then the interaction with Ana is with the virtual agent
      When Ana texts the company "4711"
      Then row R-3 of the requester's table applies
      And the conversation with Ana reads
        | from          | text                         |
        | Ana           | Hello                        |
        | virtual agent | Welcome.                     |
        | virtual agent | What is your order's number? |
        | Ana           | 4711                         |
        | virtual agent | It arrives tomorrow.         |
      And Ana's interaction is Closed Complete because of "Topic Complete"
      And these states change
        | entity      | of  | from | to              |
        | interaction | Ana | New  | Closed Complete |

    @R-3 @S-5
    Scenario: A topic that runs out of steps is complete
      Given the virtual agent's topic "Order status"
        | does | text                 |
        | says | It arrives tomorrow. |
      When Ana texts the company "Hello"
      Then Ana's interaction is Closed Complete because of "Topic Complete"

    @R-1 @S-4
    Scenario: After the end, a text begins a new conversation with the first topic
      Given the virtual agent's topic "Order status"
        | does | text                 |
        | says | It arrives tomorrow. |
      When Ana texts the company "Hello"
      And Ana texts the company "Hello again"
      Then row R-1 of the requester's table applies
      And the conversation with Ana reads
        | from          | text                 |
        | Ana           | Hello again          |
        | virtual agent | It arrives tomorrow. |

    @R-3
    Scenario: Two conversations are in one topic, each at its own step
      Given Ben is a consumer in Berlin
      And Ben's mobile number is "0151 23456780"
      And the virtual agent's topic "Order status"
        | does | text           |
        | asks | What order?    |
        | asks | What is wrong? |
      When Ana texts the company "Hello"
      And Ben texts the company "Good morning"
      And Ana texts the company "4711"
      Then the conversation with Ana reads
        | from          | text           |
        | Ana           | Hello          |
        | virtual agent | What order?    |
        | Ana           | 4711           |
        | virtual agent | What is wrong? |
      And the conversation with Ben reads
        | from          | text         |
        | Ben           | Good morning |
        | virtual agent | What order?  |

    @R-3
    Scenario: A guest is answered, too
      Given the virtual agent's topic "Order status"
        | does | text        |
        | asks | What order? |
      When a text from "+49 151 23456781" reaches "+49 30 901820": "Hello"
      Then the conversation with the guest reads
        | from          | text        |
        | guest         | Hello       |
        | virtual agent | What order? |

    @R-2
    Scenario: Once an agent has the conversation, the virtual agent is silent
      Given Bill is an agent
      And the virtual agent's topic "Order status"
        | does | text           |
        | asks | What order?    |
        | asks | What is wrong? |
      And Ana has an SMS conversation with agent Bill
      When Ana texts the company "4711"
      Then row R-2 of the requester's table applies
      And the conversation with Ana reads
        | from | text  |
        | Bill | Hello |
        | Ana  | 4711  |

  Rule: A topic offers other topics

    Background:
      Given the virtual agent's topic "Welcome"
        | does   | text                                  |
        | says   | How can we help?                      |
        | offers | Order status, Opening hours, an agent |
      And the virtual agent's topic "Order status"
        | does | text        |
        | asks | What order? |
      And the virtual agent's topic "Opening hours"
        | does    | text                 |
        | says    | From 9 to 5 o'clock. |
        | goes to | Welcome              |

    @R-3
    Scenario Outline: The requester chooses with "<reply>"
      When Ana texts the company "Hello"
      And Ana texts the company "<reply>"
      Then the conversation with Ana reads
        | from          | text                                           |
        | Ana           | Hello                                          |
        | virtual agent | How can we help?                               |
        | virtual agent | 1. Order status, 2. Opening hours, 3. an agent |
        | Ana           | <reply>                                        |
        | virtual agent | What order?                                    |
      And the interaction with Ana is with the virtual agent

      Examples:
        | reply        |
        | Order status |
        | order status |
        | 1            |
        | 1.           |

    @R-3
    Scenario: A topic goes to another topic
      When Ana texts the company "Hello"
      And Ana texts the company "Opening hours"
      And Ana texts the company "Order status"
      Then the conversation with Ana reads
        | from          | text                                           |
        | Ana           | Hello                                          |
        | virtual agent | How can we help?                               |
        | virtual agent | 1. Order status, 2. Opening hours, 3. an agent |
        | Ana           | Opening hours                                  |
        | virtual agent | From 9 to 5 o'clock.                           |
        | virtual agent | How can we help?                               |
        | virtual agent | 1. Order status, 2. Opening hours, 3. an agent |
        | Ana           | Order status                                   |
        | virtual agent | What order?                                    |

    @R-1
    Scenario: A keyword begins another topic than the first
      Given the virtual agent's topic "Returns" for texts about "return, refund"
        | does | text           |
        | asks | What is wrong? |
      When Ana texts the company "I want a REFUND!"
      Then the conversation with Ana reads
        | from          | text             |
        | Ana           | I want a REFUND! |
        | virtual agent | What is wrong?   |

    @R-1
    Scenario: A keyword within another word is none
      Given the virtual agent's topic "Returns" for texts about "return, refund"
        | does | text           |
        | asks | What is wrong? |
      When Ana texts the company "I returned it"
      Then the conversation with Ana reads
        | from          | text                                           |
        | Ana           | I returned it                                  |
        | virtual agent | How can we help?                               |
        | virtual agent | 1. Order status, 2. Opening hours, 3. an agent |
