Feature: Waiting conversations are offered to agents
  A conversation that waits in the queue is offered to one agent at a time, who accepts or
  rejects it. It stays On Hold until somebody has accepted it.

  Background:
    Given the company texts from "+49 30 901820", where requesters wait in the queue
    And Ana, Ben and Cem are consumers in Berlin
    And Ana's mobile number is "0151 23456789"
    And Ben's mobile number is "0151 23456780"
    And Cem's mobile number is "0151 23456781"

  Rule: Only agents who are available are asked

    @W-1 @W-3 @S-1
    Scenario: An agent who is available
      Given Bill is available
      When Ana texts the company "Where is my order?"
      Then the conversation with Ana is offered to Bill
      And Ana's interaction is On Hold
      And the interaction with Ana is assigned to nobody
      And these states change
        | entity      | of  | from   | to             |
        | interaction | Ana | -      | New            |
        | interaction | Ana | New    | On Hold        |
        | work item   | Ana | -      | Queued         |
        | work item   | Ana | Queued | Pending Accept |

    @W-1
    Scenario Outline: An agent who is <presence>
      Given Bill is <presence>
      When Ana texts the company "Where is my order?"
      Then the conversation with Ana waits in the queue
      And nothing is offered to Bill

      Examples:
        | presence |
        | away     |
        | offline  |

    @W-1
    Scenario: An agent is offline until they say otherwise
      Given Bill is an agent
      When Ana texts the company "Where is my order?"
      Then the conversation with Ana waits in the queue

    @W-1 @W-2
    Scenario: An agent comes, and what waits is offered first in, first out
      Given Bill is away
      And Ana has an SMS conversation that waits in the queue
      And Ben has an SMS conversation that waits in the queue
      When Bill becomes available
      Then these offers are made
        | conversation with | to   | rule |
        | Ana               | Bill | W-3  |
        | Ben               | Bill | W-3  |

    @W-1
    Scenario: An agent goes away; nothing more is offered, and the offer stays until answered
      Given Bill is available
      And Ana has an SMS conversation that waits in the queue
      When Bill becomes away
      And Ben texts the company "Hello?"
      Then the conversation with Ana is offered to Bill
      And the conversation with Ben waits in the queue

    @W-1 @I-8
    Scenario: A presence state that there is not
      Given Bill is available
      When Bill sets the presence state "Avalable"
      Then this is refused by rule W-1, because "did you mean 'Available'?"
      And Bill is now available

  Rule: Whom the assignment rule asks first

    @W-3
    Scenario: Last assigned: whoever has gone longest without being assigned work
      Given Bill, Cleo and Dora are available
      And Ana has an SMS conversation that waits in the queue
      And Bill has accepted it
      And Ben has an SMS conversation that waits in the queue
      When Cem texts the company "Hello?"
      Then these offers are made
        | conversation with | to   | rule |
        | Cem               | Dora | W-3  |

    @W-3
    Scenario: Last assigned: an agent's own SMS is work, too
      Given Bill is available
      And Ana has an SMS conversation with agent Bill
      And Cleo is available
      When Ben texts the company "Hello?"
      Then the conversation with Ben is offered to Cleo

    @W-3
    Scenario: Last assigned: it does not matter who has more room
      Given Bill and Cleo are available
      And Bill takes up to 1 SMS conversation
      And Cleo takes up to 5 SMS conversations
      When Ana texts the company "Hello?"
      Then the conversation with Ana is offered to Bill

    @W-3
    Scenario: Whoever was offered work counts as assigned, taken or not
      Given Bill and Cleo are available
      And Ana has an SMS conversation that waits in the queue
      And Bill has rejected it because of "Wrong Queue"
      And Cleo has accepted it
      When Ben texts the company "Hello?"
      Then the conversation with Ben is offered to Bill
      When Cem texts the company "Hello?"
      Then the conversation with Cem is offered to Cleo

    @W-3
    Scenario: Only whoever has work counts as assigned
      Given the setting "offers_count_as_work" is "false"
      And Bill and Cleo are available
      When Ana texts the company "Hello?"
      And Ben texts the company "Hello?"
      Then the conversation with Ana is offered to Bill
      And the conversation with Ben is offered to Bill

    @W-3
    Scenario: An offer moves an agent to the end of the order
      Given Bill and Cleo are available
      When Ana texts the company "Hello?"
      And Ben texts the company "Hello?"
      Then the conversation with Ana is offered to Bill
      And the conversation with Ben is offered to Cleo

    @W-3
    Scenario: Most capacity: whoever can take most
      Given the setting "assignment_rule" is "most_capacity"
      And Bill and Cleo are available
      And Bill takes up to 2 SMS conversations
      And Cleo takes up to 3 SMS conversations
      When Ana texts the company "Hello?"
      Then the conversation with Ana is offered to Cleo
      When Cleo accepts it
      And Ben texts the company "Hello?"
      Then the conversation with Ben is offered to Bill
      When Bill accepts it
      And Cem texts the company "Hello?"
      Then the conversation with Cem is offered to Cleo

  Rule: The agent accepts

    @W-4 @S-1 @I-5
    Scenario: The agent who was asked takes the conversation
      Given Bill is available
      And Ana has an SMS conversation that waits in the queue
      When Bill accepts the conversation with Ana
      Then the interaction with Ana is assigned to Bill
      And the only agent in the conversation with Ana is Bill
      And these states change
        | entity      | of  | from           | to               |
        | work item   | Ana | Pending Accept | Accepted         |
        | interaction | Ana | On Hold        | Work In Progress |

    @W-4 @I-8
    Scenario: Another agent cannot take it
      Given Bill and Cleo are available
      And Ana has an SMS conversation that waits in the queue
      When Cleo accepts the conversation with Ana
      Then this is refused by rule W-4, because "it is offered to Bill"
      And the conversation with Ana is offered to Bill

    @W-4 @I-8
    Scenario: Nobody can take what is not offered
      Given Bill is away
      And Ana has an SMS conversation that waits in the queue
      When Bill accepts the conversation with Ana
      Then this is refused by rule W-4, because "it waits in the queue"

    @W-4 @I-8
    Scenario: It can be accepted once
      Given Bill is available
      And Ana has an SMS conversation that waits in the queue
      And Bill has accepted it
      When Bill accepts the conversation with Ana
      Then this is refused by rule W-4, because "it does not wait for an agent"

  Rule: What takes the conversation away withdraws the offer

    @A-5 @W-2
    Scenario: Another agent texts the requester
      Given Bill is available
      And Ana has an SMS conversation that waits in the queue
      And Cleo is an agent
      When Cleo texts Ana "I can help"
      Then decision row A-5 applies
      And the interaction with Ana is assigned to Cleo
      And the conversation with Ana is offered to nobody any more
      And these states change
        | entity      | of  | from           | to               |
        | interaction | Ana | On Hold        | Work In Progress |
        | work item   | Ana | Pending Accept | Canceled         |

    @S-5 @W-2
    Scenario: The requester leaves
      Given Bill is available
      And Ana has an SMS conversation that waits in the queue
      When Ana leaves the conversation
      Then the conversation with Ana is offered to nobody any more
      And nothing is offered to Bill

    @W-2
    Scenario: What is in the queue is not queued twice
      Given Bill is available
      And Ana has an SMS conversation that waits in the queue
      When the conversation with Ana is put in the queue
      Then the conversation with Ana is offered to Bill
      And nothing has changed

    @W-2 @S-1
    Scenario: A conversation that an agent has goes back to the queue
      Given Bill and Cleo are available
      And Ana has an SMS conversation that waits in the queue
      And Bill has accepted it
      When the conversation with Ana is put in the queue
      Then the conversation with Ana is offered to Cleo
      And Ana's interaction is On Hold
      And the interaction with Ana is assigned to nobody
