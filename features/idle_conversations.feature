Feature: Idle conversations are closed
  A job that runs every hour, on the hour, closes conversations with the virtual agent in which
  the requester has been silent for two hours. It is nine o'clock when a scenario begins.

  Background:
    Given the company texts from "+49 30 901820"
    And Ana is a consumer in Berlin
    And Ana's mobile number is "0151 23456789"

  Rule: Two hours after the requester's last text

    @T-4 @S-5
    Scenario: A requester who had engaged
      When Ana texts the company "Hello"
      And Ana texts the company "Where is my order?"
      And 1 hour 59 minutes pass
      Then the interaction with Ana is with the virtual agent
      And Ana's interaction is New
      When 1 minute passes
      Then Ana's interaction is Closed Complete because of "No User Response"
      And Ana's interaction was ended by rule T-4
      And these states change
        | entity      | of  | from | to              |
        | interaction | Ana | New  | Closed Complete |

    @T-4 @S-5
    Scenario: A requester who had not engaged
      When Ana texts the company "Hello"
      And 2 hours pass
      Then Ana's interaction is Closed Abandoned because of "No Activity"
      And Ana's interaction was ended by rule T-4

    @T-4
    Scenario: The job comes on the hour
      When 10 minutes pass
      And Ana texts the company "Hello"
      And 2 hours 49 minutes pass
      Then Ana's interaction is New
      When 1 minute passes
      Then Ana's interaction is Closed Abandoned

    @T-4
    Scenario: Each text of the requester begins the two hours anew
      When Ana texts the company "Hello"
      And 1 hour 30 minutes pass
      And Ana texts the company "Where is my order?"
      And 2 hours 29 minutes pass
      Then Ana's interaction is New
      When 1 minute passes
      Then Ana's interaction is Closed Complete because of "No User Response"

    @T-4
    Scenario: That the virtual agent talks is no engagement of the requester
      Given the virtual agent's topic "Order status"
        | does | text        |
        | asks | What order? |
        | asks | And when?   |
      When Ana texts the company "Hello"
      And 2 hours pass
      Then Ana's interaction is Closed Abandoned because of "No Activity"

    @T-4 @R-1
    Scenario: A text after the job begins a new conversation
      When Ana texts the company "Hello"
      And 2 hours pass
      And Ana texts the company "Is anybody there?"
      Then row R-1 of the requester's table applies
      And Ana has 1 active SMS interaction

    @T-4
    Scenario: Of several conversations only the idle ones are closed
      Given Ben is a consumer in Berlin
      And Ben's mobile number is "0151 23456780"
      When Ana texts the company "Hello"
      And 1 hour passes
      And Ben texts the company "Hello"
      And 1 hour passes
      Then Ana's interaction is Closed Abandoned
      And Ben's interaction is New
      When 1 hour passes
      Then Ben's interaction is Closed Abandoned

    @T-4
    Scenario: A conversation that waits for an agent is not closed
      Given whoever texts "agent" asks for an agent
      When Ana texts the company "Agent, please"
      And 5 hours pass
      Then Ana's interaction is On Hold

  Rule: The timeout is set for the instance, and for a channel

    @T-4
    Scenario: Of the instance
      Given the setting "va_idle_timeout" is "4 hours"
      When Ana texts the company "Hello"
      And 3 hours 59 minutes pass
      Then Ana's interaction is New
      When 1 minute passes
      Then Ana's interaction is Closed Abandoned

    @T-4
    Scenario: Of the channel, which comes before the instance's
      Given the setting "va_idle_timeout" is "4 hours"
      And SMS conversations may be idle for 6 hours
      When Ana texts the company "Hello"
      And 5 hours 59 minutes pass
      Then Ana's interaction is New
      When 1 minute passes
      Then Ana's interaction is Closed Abandoned

    @T-4
    Scenario: A change holds for conversations that are idle already
      When Ana texts the company "Hello"
      And 50 minutes pass
      And the setting "va_idle_timeout" becomes "30 minutes"
      And 10 minutes pass
      Then Ana's interaction is Closed Abandoned

  Rule: What engaging means is not documented

    @T-4
    Scenario: The text that began the conversation counts
      Given the setting "engaged_by" is "first_text"
      When Ana texts the company "Hello"
      And 2 hours pass
      Then Ana's interaction is Closed Complete because of "No User Response"

    @T-4 @S-5
    Scenario: The text that began the conversation does not count
      Given the setting "engaged_by" is "reply"
      When Ana texts the company "Hello"
      And 2 hours pass
      Then Ana's interaction is Closed Abandoned because of "No Activity"

  Rule: Whether the job closes the conversations of agents is not documented

    @T-5
    Scenario: It does not
      Given Ana has an SMS conversation with agent Bill
      When 5 hours pass
      Then Ana's interaction is Work In Progress
      And the interaction with Ana is assigned to Bill

    @T-5 @S-5
    Scenario: It closes one in which the requester had answered
      Given the setting "idle_job_closes_agent_conversations" is "true"
      And Ana has an SMS conversation with agent Bill
      When 1 hour passes
      And Ana texts the company "Thank you"
      And 1 hour 59 minutes pass
      Then Ana's interaction is Work In Progress
      When 1 minute passes
      Then Ana's interaction is Closed Complete because of "No User Response"
      And Ana's interaction was ended by rule T-5

    @T-5 @S-5
    Scenario: It closes one in which the requester never answered
      Given the setting "idle_job_closes_agent_conversations" is "true"
      And Ana has an SMS conversation with agent Bill
      When 2 hours pass
      Then Ana's interaction is Closed Abandoned because of "No Activity"

    @T-5
    Scenario: What the agent says does not count
      Given the setting "idle_job_closes_agent_conversations" is "true"
      And Ana has an SMS conversation with agent Bill
      When Ana texts the company "Thank you"
      And 1 hour passes
      And Bill texts Ana "Anything else?"
      And 1 hour passes
      Then Ana's interaction is Closed Complete because of "No User Response"

    @T-5
    Scenario: It closes those that are idle already when that changes
      Given Ana has an SMS conversation with agent Bill
      When 5 hours pass
      And the setting "idle_job_closes_agent_conversations" becomes "true"
      And 1 hour passes
      Then Ana's interaction is Closed Abandoned because of "No Activity"

    @T-5
    Scenario: For an agent the time begins when the conversation comes to the agent
      Given the setting "idle_job_closes_agent_conversations" is "true"
      And Bill is an agent
      And Ana has an SMS conversation that waits in the queue
      When 3 hours pass
      And Bill texts Ana "How can I help?"
      And 1 hour 59 minutes pass
      Then Ana's interaction is Work In Progress
      When 1 minute passes
      Then Ana's interaction is Closed Abandoned because of "No Activity"
