Feature: The virtual agent hands over to an agent
  A requester who asks for an agent waits in the queue, and the virtual agent says no more.
  That a reply which fits no option is asked for again, and what follows the third, is ours:
  the documentation does not say it.

  Background:
    Given the company texts from "+49 30 901820"
    And Ana is a consumer in Berlin
    And Ana's mobile number is "0151 23456789"
    And the virtual agent's topic "Welcome"
      | does   | text                   |
      | says   | Welcome.               |
      | offers | Order status, an agent |
    And the virtual agent's topic "Order status"
      | does | text        |
      | asks | What order? |
      | asks | And when?   |

  @W-5 @S-1
  Scenario Outline: The requester chooses an agent with "<reply>"
    When Ana texts the company "Hello"
    And Ana texts the company "<reply>"
    Then Ana's interaction is On Hold
    And the interaction with Ana is assigned to nobody
    And Ana has 1 active SMS interaction
    And the conversation with Ana reads
      | from          | text                         |
      | Ana           | Hello                        |
      | virtual agent | Welcome.                     |
      | virtual agent | 1. Order status, 2. an agent |
      | Ana           | <reply>                      |

    Examples:
      | reply     |
      | an agent  |
      | An agent. |
      | 2         |

  @W-5 @R-2
  Scenario: After the hand-over the virtual agent is silent
    When Ana texts the company "Hello"
    And Ana texts the company "an agent"
    And Ana texts the company "Order status"
    Then row R-2 of the requester's table applies
    And Ana's interaction is On Hold
    And the conversation with Ana reads
      | from          | text                         |
      | Ana           | Hello                        |
      | virtual agent | Welcome.                     |
      | virtual agent | 1. Order status, 2. an agent |
      | Ana           | an agent                     |
      | Ana           | Order status                 |

  @W-5
  Scenario Outline: Words that ask for an agent at any time: "<text>"
    Given whoever texts "agent, real person" asks for an agent
    When Ana texts the company "Hello"
    And Ana texts the company "Order status"
    And Ana texts the company "<text>"
    Then Ana's interaction is <state>

    Examples:
      | text                           | state   |
      | Get me an AGENT, please        | On Hold |
      | I want to talk to a real person | On Hold |
      | My agents know                 | New     |
      | A real nice person             | New     |

  @W-5
  Scenario: The first text asks for an agent
    Given whoever texts "agent" asks for an agent
    When Ana texts the company "Agent!"
    Then Ana's interaction is On Hold
    And the conversation with Ana reads
      | from | text   |
      | Ana  | Agent! |

  @W-5
  Scenario: Words that no company has chosen ask for nothing
    When Ana texts the company "Hello"
    And Ana texts the company "Order status"
    And Ana texts the company "Get me an agent"
    Then the interaction with Ana is with the virtual agent

  @W-5
  Scenario: A topic hands over by itself
    Given the virtual agent's topic "Complaint" for texts about "complain"
      | does       | text                  |
      | says       | A colleague is coming |
      | hands over |                       |
    When Ana texts the company "I complain"
    Then Ana's interaction is On Hold
    And the conversation with Ana reads
      | from          | text                  |
      | Ana           | I complain            |
      | virtual agent | A colleague is coming |

  @W-5
  Scenario: A reply that fits no option is asked for again
    When Ana texts the company "Hello"
    And Ana texts the company "What?"
    And Ana texts the company "Order status"
    Then the interaction with Ana is with the virtual agent
    And the conversation with Ana reads
      | from          | text                         |
      | Ana           | Hello                        |
      | virtual agent | Welcome.                     |
      | virtual agent | 1. Order status, 2. an agent |
      | Ana           | What?                        |
      | virtual agent | 1. Order status, 2. an agent |
      | Ana           | Order status                 |
      | virtual agent | What order?                  |

  @W-5
  Scenario: The third reply that fits no option leads to an agent
    When Ana texts the company "Hello"
    And Ana texts the company "What?"
    And Ana texts the company "What do you mean?"
    Then the interaction with Ana is with the virtual agent
    When Ana texts the company "Who are you?"
    Then Ana's interaction is On Hold
    And the interaction with Ana is assigned to nobody

  @W-5 @S-5
  Scenario: The third reply that fits no option closes the conversation
    Given the setting "unclear_replies" is "close"
    When Ana texts the company "Hello"
    And Ana texts the company "What?"
    And Ana texts the company "What do you mean?"
    And Ana texts the company "Who are you?"
    Then Ana's interaction is Closed Complete because of "Auto Closed"

  @W-5
  Scenario: Replies that fit no option count anew after one that fits
    Given the virtual agent's topic "Back" for texts about "back"
      | does    | text    |
      | goes to | Welcome |
    And the virtual agent's topic "Menu" for texts about "menu"
      | does   | text       |
      | offers | Menu, Back |
    When Ana texts the company "The menu, please"
    And Ana texts the company "What?"
    And Ana texts the company "What do you mean?"
    And Ana texts the company "Back"
    And Ana texts the company "Who are you?"
    Then the interaction with Ana is with the virtual agent
