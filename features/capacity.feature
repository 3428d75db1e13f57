Feature: Capacity limits the work that is offered
  An agent takes up to so many SMS conversations, and up to so many of any type. Open
  interactions assigned to the agent count, Wrap Up included.

  Background:
    Given the company texts from "+49 30 901820", where requesters wait in the queue
    And Ana, Ben and Cem are consumers in Berlin
    And Ana's mobile number is "0151 23456789"
    And Ben's mobile number is "0151 23456780"
    And Cem's mobile number is "0151 23456781"

  Rule: An agent at capacity is offered nothing more

    @W-2
    Scenario: The last place is taken, the next conversation waits
      Given Bill is available
      And Bill takes up to 1 SMS conversation
      And Ana has an SMS conversation that waits in the queue
      And Bill has accepted it
      When Ben texts the company "Hello?"
      Then the conversation with Ben waits in the queue
      And Bill can take 0 more SMS conversations

    @W-2
    Scenario: It is offered as soon as there is room again
      Given Bill is available
      And Bill takes up to 1 SMS conversation
      And Ana has an SMS conversation that waits in the queue
      And Bill has accepted it
      And Ben has an SMS conversation that waits in the queue
      And Cem has an SMS conversation that waits in the queue
      When Bill ends the conversation with Ana
      Then these offers are made
        | conversation with | to   | rule |
        | Ben               | Bill | W-3  |
      And the conversation with Cem waits in the queue

    @W-2
    Scenario: Another agent who has room is asked instead
      Given Bill is available
      And Bill takes up to 1 SMS conversation
      And Ana has an SMS conversation that waits in the queue
      And Bill has accepted it
      And Cleo is available
      When Ben texts the company "Hello?"
      Then the conversation with Ben is offered to Cleo

    @W-2
    Scenario: An agent who takes none
      Given Bill is available
      And Bill takes up to 0 SMS conversations
      When Ana texts the company "Hello?"
      Then the conversation with Ana waits in the queue

    @W-2
    Scenario: More capacity, more work
      Given Bill is available
      And Bill takes up to 0 SMS conversations
      And Ana has an SMS conversation that waits in the queue
      And Ben has an SMS conversation that waits in the queue
      When Bill's capacity becomes 1 SMS conversation
      Then these offers are made
        | conversation with | to   | rule |
        | Ana               | Bill | W-3  |

    @W-2
    Scenario: Interactions of every type count against the capacity for all
      Given Bill is available
      And Bill takes up to 1 conversation of any type
      And Ana's interaction of type phone is open with agent Bill
      When Ben texts the company "Hello?"
      Then the conversation with Ben waits in the queue

    @W-2
    Scenario: A phone call does not count against the capacity for SMS
      Given Bill is available
      And Bill takes up to 1 SMS conversation
      And Ana's interaction of type phone is open with agent Bill
      When Ben texts the company "Hello?"
      Then the conversation with Ben is offered to Bill

    @W-2 @A-2
    Scenario: A conversation that the agent only joined takes no capacity
      Given Bill is available
      And Bill takes up to 1 SMS conversation
      And Ana has an SMS conversation with agent Cleo
      When Bill texts Ana "I can help"
      Then decision row A-2 applies
      When Ben texts the company "Hello?"
      Then the conversation with Ben is offered to Bill

    @W-2 @I-8
    Scenario: A capacity below none
      Given Bill takes up to 1 SMS conversation
      When Bill's capacity becomes -1 SMS conversations
      Then this is refused by rule W-2, because "0 or more"
      When Bill's capacity becomes -2 conversations of any type
      Then this is refused by rule W-2, because "0 or more"

  Rule: An offer that waits takes capacity

    @W-2
    Scenario: One offer at a time
      Given Bill is available
      And Bill takes up to 1 SMS conversation
      And Ana has an SMS conversation that waits in the queue
      When Ben texts the company "Hello?"
      Then the conversation with Ben waits in the queue

    @W-2
    Scenario: One offer at a time, of any type
      Given Bill is available
      And Bill takes up to 1 conversation of any type
      And Ana has an SMS conversation that waits in the queue
      When Ben texts the company "Hello?"
      Then the conversation with Ben waits in the queue

    @W-2 @I-8 @I-9
    Scenario: Offers take none: all are offered, but no more accepted than fit
      Given the setting "offers_take_capacity" is "false"
      And Bill is available
      And Bill takes up to 1 SMS conversation
      And Ana has an SMS conversation that waits in the queue
      When Ben texts the company "Hello?"
      Then the conversation with Ben is offered to Bill
      When Bill accepts the conversation with Ana
      And Bill accepts the conversation with Ben
      Then this is refused by rule W-2, because "Bill is at capacity"
      And the conversation with Ben is offered to Bill

  Rule: Whether capacity limits the SMS that an agent sends is open

    @W-6 @A-1 @I-9
    Scenario: An agent's own SMS is assigned whatever the capacity
      Given Bill is available
      And Bill takes up to 1 SMS conversation
      And Ana has an SMS conversation with agent Bill
      When Bill texts Ben "Your parcel is here"
      Then decision row A-1 applies
      And the interaction with Ben is assigned to Bill
      And Bill can take -1 more SMS conversations
      When Cem texts the company "Hello?"
      Then the conversation with Cem waits in the queue

    @W-6 @A-1 @I-8
    Scenario: An agent at capacity begins no conversation
      Given the setting "agent_send_ignores_capacity" is "false"
      And Bill takes up to 1 SMS conversation
      And Ana has an SMS conversation with agent Bill
      When Bill texts Ben "Your parcel is here"
      Then the send is refused by rule W-6
      And the refusal says "Bill is at capacity"

    @W-6 @A-1
    Scenario: An agent below capacity does
      Given the setting "agent_send_ignores_capacity" is "false"
      And Bill takes up to 2 SMS conversations
      And Ana has an SMS conversation with agent Bill
      When Bill texts Ben "Your parcel is here"
      Then decision row A-1 applies
      And Bill can take 0 more SMS conversations

    @W-6 @A-2
    Scenario: Joining a conversation is no new work
      Given the setting "agent_send_ignores_capacity" is "false"
      And Bill takes up to 0 SMS conversations
      And Ana has an SMS conversation with agent Cleo
      When Bill texts Ana "I can help"
      Then decision row A-2 applies
      And the interaction with Ana is assigned to Cleo

    @W-6 @A-5 @I-8
    Scenario: Taking over what waits in the queue is new work
      Given the setting "agent_send_ignores_capacity" is "false"
      And Bill takes up to 0 SMS conversations
      And Ana has an SMS conversation that waits in the queue
      When Bill texts Ana "I can help"
      Then the send is refused by rule W-6

    @W-6 @A-4
    Scenario: A conversation in place of the agent's own is no more work than before
      Given the setting "agent_send_ignores_capacity" is "false"
      And Bill takes up to 1 SMS conversation
      And Ana has an SMS conversation with agent Bill
      When Bill texts Ben at Ana's number "Your parcel is here"
      Then Bill is warned that the number is currently associated with Ana
      When Bill sends it anyway
      Then decision row A-4 applies
      And the interaction with Ben is assigned to Bill
