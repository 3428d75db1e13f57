Feature: Topics with mistakes
  What cannot be is refused when it is described. What shows only in a conversation makes the
  conversation Faulted; the instance, and all other conversations, go on.

  Background:
    Given the company texts from "+49 30 901820"
    And Ana is a consumer in Berlin
    And Ana's mobile number is "0151 23456789"

  Rule: When a topic is described

    Scenario: A step that does what there is not
      When the virtual agent's topic "Welcome" is described as
        | does | text     |
        | says | Welcome. |
        | aks  | Who?     |
      Then the topic is refused because "in row 2, the virtual agent never 'aks'; did you mean 'asks'?"

    Scenario: Other columns
      When the virtual agent's topic "Welcome" is described as
        | does | txt      |
        | says | Welcome. |
      Then the topic is refused because "'txt' is none of them; did you mean 'text'?"

    Scenario: A missing column
      When the virtual agent's topic "Welcome" is described as
        | text     |
        | Welcome. |
      Then the topic is refused because "the columns 'does' and 'text'"

    Scenario: No steps
      When the virtual agent's topic "Welcome" is described as
        | does | text |
      Then the topic is refused because "at least one step"

    Scenario Outline: A step "<does>" with the text "<text>"
      When the virtual agent's topic "Welcome" is described as
        | does   | text   |
        | <does> | <text> |
      Then the topic is refused because "<why>"

      Examples:
        | does       | text           | why                                   |
        | says       |                | a step that says needs a text         |
        | offers     | Order,,Hours   | leave one empty                       |
        | hands over | Bill           | has no text, but this one has 'Bill'  |
        | ends       | Topic Complet  | did you mean 'Topic Complete'?        |

    Scenario: Two topics of one name
      Given the virtual agent's topic "Welcome"
        | does | text     |
        | asks | Welcome? |
      When the virtual agent's topic "welcome" is described as
        | does | text   |
        | says | Hello. |
      Then the topic is refused because "there is a topic 'welcome' already"

    Scenario: Two topics for one keyword
      Given the virtual agent's topic "Welcome" for texts about "hello"
        | does | text     |
        | asks | Welcome? |
      When the virtual agent's topic "Greeting" for texts about "hi, Hello" is described as
        | does | text   |
        | says | Hello. |
      Then the topic is refused because "the keyword 'hello' begins the topic 'Welcome' already"

    Scenario: A topic called an agent
      When the virtual agent's topic "An agent" is described as
        | does | text   |
        | says | Hello. |
      Then the topic is refused because "that option hands over"

    Scenario: Topics that go to each other and never wait
      Given the virtual agent's topic "Order status"
        | does    | text          |
        | says    | One moment.   |
        | goes to | Opening hours |
      When the virtual agent's topic "Opening hours" is described as
        | does    | text         |
        | goes to | Order status |
      Then the topic is refused because "Opening hours, then Order status, then Opening hours"

    Scenario: A topic that goes to itself and waits is none of those
      Given the virtual agent's topic "Order status"
        | does    | text         |
        | asks    | What order?  |
        | goes to | Order status |
      When Ana texts the company "Hello"
      And Ana texts the company "4711"
      Then the conversation with Ana reads
        | from          | text        |
        | Ana           | Hello       |
        | virtual agent | What order? |
        | Ana           | 4711        |
        | virtual agent | What order? |

  Rule: In a conversation

    @S-5
    Scenario: A topic fails
      Given the virtual agent's topic "Order status"
        | does  | text                        |
        | says  | One moment.                 |
        | fails | The order system is closed. |
      When Ana texts the company "Hello"
      Then the virtual agent fails because "The order system is closed."
      And Ana's interaction is Faulted because of "Error"
      And the conversation with Ana reads
        | from          | text        |
        | Ana           | Hello       |
        | virtual agent | One moment. |

    @S-5
    Scenario: A topic goes to a topic that nobody described
      Given the virtual agent's topic "Welcome"
        | does    | text         |
        | says    | One moment.  |
        | goes to | Order statis |
      And the virtual agent's topic "Order status"
        | does | text        |
        | asks | What order? |
      When Ana texts the company "Hello"
      Then the virtual agent fails because "goes to 'Order statis', which is no topic; did you mean 'Order status'?"
      And Ana's interaction is Faulted because of "Error"

    @S-5
    Scenario: A topic offers a topic that nobody described
      Given the virtual agent's topic "Welcome"
        | does   | text                   |
        | offers | Order statis, an agent |
      When Ana texts the company "Hello"
      And Ana texts the company "Order statis"
      Then the virtual agent fails because "goes to 'Order statis', which is no topic"
      And Ana's interaction is Faulted because of "Error"

    @S-5 @R-1
    Scenario: After a fault the requester begins anew, and others are not touched
      Given Ben is a consumer in Berlin
      And Ben's mobile number is "0151 23456780"
      And the virtual agent's topic "Order status"
        | does  | text        |
        | asks  | What order? |
        | fails |             |
      When Ana texts the company "Hello"
      And Ben texts the company "Hello"
      And Ana texts the company "4711"
      Then the virtual agent fails because "The topic 'Order status' failed."
      And Ana's interaction is Faulted because of "Error"
      And the interaction with Ben is with the virtual agent
      When Ana texts the company "Hello?"
      Then row R-1 of the requester's table applies
      And the interaction with Ana is with the virtual agent
