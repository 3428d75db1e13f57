Feature: An offer that is not taken goes to another agent
  An agent may reject an offer for a reason, which says whether the same agent may be asked
  again. An offer that is not answered in time goes to another agent, too.

  Background:
    Given the company texts from "+49 30 901820", where requesters wait in the queue
    And Ana and Ben are consumers in Berlin
    And Ana's mobile number is "0151 23456789"
    And Ben's mobile number is "0151 23456780"

  Rule: The agent rejects it

    @W-4
    Scenario: Another agent is asked
      Given Bill and Cleo are available
      And Ana has an SMS conversation that waits in the queue
      When Bill rejects it because of "Busy"
      Then the conversation with Ana is offered to Cleo
      And Ana's interaction is On Hold
      And these states change
        | entity    | of  | from           | to             |
        | work item | Ana | Pending Accept | Queued         |
        | work item | Ana | Queued         | Pending Accept |

    @W-4 @W-3
    Scenario: Another agent is asked, even if the rule would have the same one first
      Given the setting "assignment_rule" is "most_capacity"
      And Bill and Cleo are available
      And Cleo takes up to 2 SMS conversations
      And Ana has an SMS conversation that waits in the queue
      When Bill rejects it because of "Busy"
      Then the conversation with Ana is offered to Cleo

    @W-4
    Scenario Outline: With nobody else there, after "<reason>"
      Given there is the reject reason "Lunch", after which the agent may be asked again
      And there is the reject reason "Conflict", after which the agent is not asked again
      And Bill is available
      And Cleo is away
      And Ana has an SMS conversation that waits in the queue
      When Bill rejects it because of "<reason>"
      Then these offers are made
        | conversation with | to | rule |
      And the conversation with Ana waits in the queue
      When Cleo becomes available
      Then the conversation with Ana is offered to Cleo

      Examples: The same agent is not asked again
        | reason        |
        | Not Qualified |
        | Wrong Queue   |
        | Conflict      |

    @W-4
    Scenario Outline: With nobody else there, the same agent is asked again after "<reason>"
      Given there is the reject reason "Lunch", after which the agent may be asked again
      And Bill is available
      And Ana has an SMS conversation that waits in the queue
      When Bill rejects it because of "<reason>"
      Then these offers are made
        | conversation with | to   | rule |
        | Ana               | Bill | W-3  |

      Examples:
        | reason |
        | Busy   |
        | Lunch  |

    @W-4 @W-2
    Scenario: What the agent rejected holds nothing else up, and keeps its place
      Given Bill is available
      And Ana has an SMS conversation that waits in the queue
      And Bill has rejected it because of "Wrong Queue"
      When Ben texts the company "Hello?"
      Then the conversation with Ben is offered to Bill
      And the conversation with Ana waits in the queue

    @W-4 @I-8
    Scenario: A reason that there is not
      Given Bill is available
      And Ana has an SMS conversation that waits in the queue
      When Bill rejects it because of "Bussy"
      Then this is refused by rule W-4, because "did you mean 'Busy'?"
      And the conversation with Ana is offered to Bill

    @W-4 @I-8
    Scenario: What was offered to another
      Given Bill and Cleo are available
      And Ana has an SMS conversation that waits in the queue
      When Cleo rejects the conversation with Ana because of "Busy"
      Then this is refused by rule W-4, because "it is offered to Bill"

  Rule: The agent does not answer in time

    @W-4
    Scenario: Another agent is asked after a minute
      Given Bill and Cleo are available
      And Ana has an SMS conversation that waits in the queue
      When 59 seconds pass
      Then the conversation with Ana is offered to Bill
      When 1 second passes
      Then the conversation with Ana is offered to Cleo
      And Bill is now available

    @W-4
    Scenario: How long an offer waits is configured
      Given the setting "offer_timeout" is "10 seconds"
      And Bill and Cleo are available
      And Ana has an SMS conversation that waits in the queue
      When 10 seconds pass
      Then the conversation with Ana is offered to Cleo

    @W-4
    Scenario: An answer in time stops the clock
      Given Bill and Cleo are available
      And Ana has an SMS conversation that waits in the queue
      And Bill has accepted it
      When 10 minutes pass
      Then nothing has changed
      And the interaction with Ana is assigned to Bill

    @W-4
    Scenario: Every agent has as long as the first
      Given Bill and Cleo are available
      And Ana has an SMS conversation that waits in the queue
      When 90 seconds pass
      Then the conversation with Ana is offered to Cleo
      When 30 seconds pass
      Then the conversation with Ana waits in the queue

    @W-4
    Scenario: With nobody else there, the same agent is not asked again
      Given Bill is available
      And Cleo is away
      And Ana has an SMS conversation that waits in the queue
      When 1 minute passes
      Then the conversation with Ana waits in the queue
      When Cleo becomes available
      Then the conversation with Ana is offered to Cleo

    @W-4
    Scenario: With nobody else there, the same agent is asked again
      Given the setting "timed_out_agent_is_asked_again" is "true"
      And Bill is available
      And Ana has an SMS conversation that waits in the queue
      When 3 minutes pass
      Then these offers are made
        | conversation with | to   | rule |
        | Ana               | Bill | W-3  |
        | Ana               | Bill | W-3  |
        | Ana               | Bill | W-3  |

    @W-4 @W-1
    Scenario Outline: The agent becomes <presence>
      Given the setting "timeout_presence" is "<state>"
      And Bill is available
      And Ana has an SMS conversation that waits in the queue
      When 1 minute passes
      Then Bill is now <presence>
      When Ben texts the company "Hello?"
      Then the conversation with Ben waits in the queue

      Examples:
        | state   | presence |
        | Away    | away     |
        | Offline | offline  |
