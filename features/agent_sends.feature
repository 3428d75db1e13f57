Feature: An agent sends an SMS
  What happens is decided on the line (the requester's number and the company's number) and
  by the party that is written to: is a conversation going on there, with whom, and whose?

  Background:
    Given the company texts from "+49 30 901820"
    And Ana and Ben are consumers in Berlin
    And Ana's mobile number is "0151 23456789"

  Rule: Without a conversation, a new one begins

    @A-1 @I-4 @I-5 @I-6 @S-1
    Scenario: The first text to a consumer
      Given Bill is an agent
      When Bill texts Ana "Your order is ready"
      Then decision row A-1 applies
      And Bill is not warned
      And a new SMS interaction with Ana is assigned to Bill
      And the only agent in the conversation with Ana is Bill
      And the number belongs to Ana
      And the message goes out from "+4930901820" to "+4915123456789"
      And the message is sent
      And these states change
        | entity               | of  | from   | to               |
        | channel user profile | Ana | -      | active           |
        | interaction          | Ana | -      | New              |
        | interaction          | Ana | New    | Work In Progress |
        | message              | Ana | -      | queued           |
        | message              | Ana | queued | sent             |

    @A-1 @S-4 @I-3
    Scenario Outline: After an earlier conversation has ended as <state>
      Given Ana has an SMS conversation with agent Bill
      And Ana's interaction of type messaging has become <state>
      When Bill texts Ana "One more thing"
      Then decision row A-1 applies
      And a new SMS interaction with Ana is assigned to Bill
      And Ana has 1 active SMS interaction
      And these states change
        | entity      | of  | from | to               |
        | interaction | Ana | -    | New              |
        | interaction | Ana | New  | Work In Progress |

      Examples:
        | state            |
        | Closed Complete  |
        | Closed Abandoned |
        | Faulted          |

    @A-1 @P-9
    Scenario: A number that is the party's already needs no new profile
      Given Ana has an SMS conversation with agent Bill
      And Ana's interaction of type messaging has become Closed Complete
      When Bill texts Ana "One more thing"
      Then for Ana the number is their own
      And the number's profiles have been
        | of  | state  |
        | Ana | active |

    @A-1
    Scenario Outline: A first text to a <kind>
      Given Cem is a <kind> in Berlin
      And Cem's mobile number is "0151 23456780"
      And Bill is an agent
      When Bill texts Cem "Welcome"
      Then decision row A-1 applies
      And a new SMS interaction with Cem is assigned to Bill
      And the number belongs to Cem

      Examples:
        | kind    |
        | contact |
        | user    |

    @A-1 @P-7
    Scenario: The same party on another line is another conversation
      Given the company texts from "+49 89 123456"
      And Ana has an SMS conversation with agent Bill through "+49 30 901820"
      And Cleo is an agent
      When Cleo texts Ana from "+49 89 123456" "From Munich"
      Then decision row A-1 applies
      And a new SMS interaction with Ana is assigned to Cleo
      And Ana has 2 active SMS interactions
      And the message goes out from "+4989123456" to "+4915123456789"
      And the number's profiles have been
        | of  | state  |
        | Ana | active |

    @A-1
    Scenario: The virtual agent on another line goes on talking
      Given the company texts from "+49 89 123456"
      And Ana has an SMS conversation with the virtual agent through "+49 30 901820"
      And Cleo is an agent
      When Cleo texts Ana from "+49 89 123456" "From Munich"
      Then decision row A-1 applies
      And Ana has 2 active SMS interactions

  Rule: A conversation with an agent goes on, and stays with its agent

    @A-2 @I-7 @I-4
    Scenario: Another agent joins
      Given Ana has an SMS conversation with agent Bill
      And Cleo is an agent
      When Cleo texts Ana "I can help, too"
      Then decision row A-2 applies
      And Cleo is not warned
      And the message goes into the existing interaction
      And no new interaction is opened
      And the interaction with Ana is assigned to Bill
      And the agents in the conversation with Ana are Bill and Cleo
      And these states change
        | entity  | of  | from   | to     |
        | message | Ana | -      | queued |
        | message | Ana | queued | sent   |

    @A-2
    Scenario: The agent who has it writes again
      Given Ana has an SMS conversation with agent Bill
      When Bill texts Ana "Still there?"
      Then decision row A-2 applies
      And the only agent in the conversation with Ana is Bill
      And the conversation with Ana reads
        | from | text         |
        | Bill | Hello        |
        | Bill | Still there? |

    @A-2
    Scenario: A third agent joins those who are in it
      Given Ana has an SMS conversation with agent Bill
      And Cleo and Dan are agents
      When Cleo texts Ana "I can help, too"
      And Dan texts Ana "So can I"
      Then decision row A-2 applies
      And the agents in the conversation with Ana are Bill, Cleo and Dan
      And the interaction with Ana is assigned to Bill
      And Ana has 1 active SMS interaction

    @A-2
    Scenario: A conversation that began with the requester and has an agent
      Given a guest has an SMS conversation with agent Bill at "+49 151 23456780"
      And Ben's mobile number is "0151 23456780"
      When Bill texts Ben "How can I help?"
      Then decision row A-2 applies
      And the message goes into the existing interaction

  Rule: A conversation with the virtual agent is ended, and the agent begins a new one

    @A-3 @A-6
    Scenario: The agent takes over from the virtual agent
      Given Ana has an SMS conversation with the virtual agent
      And Bill is an agent
      When Bill texts Ana "A human here"
      Then decision row A-3 applies
      And Bill is not warned
      And the existing interaction is Closed Complete because of "Auto Closed"
      And a new SMS interaction with Ana is assigned to Bill
      And the only agent in the conversation with Ana is Bill
      And the number belongs to Ana
      And these states change
        | entity      | of  | from | to               |
        | interaction | Ana | New  | Closed Complete  |
        | interaction | Ana | -    | New              |
        | interaction | Ana | New  | Work In Progress |

    @A-3 @P-7
    Scenario: The number's profile stays as it is when the virtual agent is replaced
      Given Ana has an SMS conversation with the virtual agent
      And Bill is an agent
      When Bill texts Ana "A human here"
      Then the number's profiles have been
        | of  | state  |
        | Ana | active |
      And the conversation with Ana reads
        | from | text         |
        | Bill | A human here |

  Rule: A conversation with a different party is ended, and the number moves

    @A-4 @P-4 @I-2
    Scenario: A different party and an agent
      Given Ana has an SMS conversation with agent Bill at that number
      And Cleo is an agent
      When Cleo texts Ben at Ana's number "Your parcel is here"
      Then decision row A-4 would apply
      And Cleo is warned that the number is currently associated with Ana
      When Cleo sends it anyway
      Then decision row A-4 applies
      And Ana's interaction is closed
      And a new SMS interaction with Ben is assigned to Cleo
      And the only agent in the conversation with Ben is Cleo
      And the only agent in the conversation with Ana is Bill
      And the number's profiles have been
        | of  | state    |
        | Ana | inactive |
        | Ben | active   |

    @A-4 @P-4
    Scenario: A different party and the virtual agent
      Given Ana has an SMS conversation with the virtual agent
      And Cleo is an agent
      When Cleo texts Ben at Ana's number "Your parcel is here"
      Then Cleo is warned that the number is currently associated with Ana
      When Cleo sends it anyway
      Then decision row A-4 applies
      And the existing interaction is closed
      And a new SMS interaction with Ben is assigned to Cleo
      And the number belongs to Ben
      And these states change
        | entity               | of  | from   | to               |
        | interaction          | Ana | New    | Closed Complete  |
        | channel user profile | Ana | active | inactive         |
        | channel user profile | Ben | -      | active           |
        | interaction          | Ben | -      | New              |
        | interaction          | Ben | New    | Work In Progress |

    @A-4
    Scenario: A different party that waits in the queue
      Given Ana has an SMS conversation that waits in the queue
      And Cleo is an agent
      When Cleo texts Ben at Ana's number "Your parcel is here"
      Then Cleo is warned that the number is currently associated with Ana
      When Cleo sends it anyway
      Then decision row A-4 applies
      And the existing interaction is closed
      And a new SMS interaction with Ben is assigned to Cleo
      And these states change
        | entity      | of  | from    | to               |
        | interaction | Ana | On Hold | Closed Complete  |
        | interaction | Ben | -       | New              |
        | interaction | Ben | New     | Work In Progress |

    @A-4
    Scenario Outline: A different party of another kind: a <kind>
      Given Ana has an SMS conversation with agent Bill at that number
      And Uma is a <kind> in Berlin
      When Bill texts Uma at Ana's number "Welcome"
      Then Bill is warned that the number is currently associated with Ana
      When Bill sends it anyway
      Then decision row A-4 applies
      And Ana's interaction is closed
      And the number belongs to Uma
      And a new SMS interaction with Uma is assigned to Bill

      Examples:
        | kind    |
        | contact |
        | user    |
