Feature: Opting out
  A requester's STOP stops messages at the provider (O-2). A requester with a user account
  also switches the instance's update notifications by it (O-1). The two know nothing of each
  other.

  Background:
    Given the company texts from "+49 30 901820"
    And Ana is a consumer in Berlin
    And Ana's mobile number is "0151 23456789"
    And Bill is an agent

  Rule: The provider acts on keywords by itself

    @O-2
    Scenario Outline: <text> opts out
      When Ana texts the company "<text>"
      Then Ana has opted out of "+49 30 901820"
      And the provider has answered "STOP"
      When Bill texts Ana "Your order is ready"
      Then the message is failed with error "21610"

      Examples:
        | text        |
        | STOP        |
        | STOPALL     |
        | UNSUBSCRIBE |
        | CANCEL      |
        | END         |
        | QUIT        |
        | REVOKE      |
        | OPTOUT      |
        | stop        |
        | Stop        |

    @O-2
    Scenario Outline: <text> opts in again
      Given Ana has texted the company "STOP"
      When Ana texts the company "<text>"
      Then Ana has not opted out of "+49 30 901820"
      And the provider has answered "START"
      When Bill texts Ana "Your order is ready"
      Then the message is sent

      Examples:
        | text   |
        | START  |
        | YES    |
        | UNSTOP |
        | start  |

    @O-2
    Scenario Outline: <text> asks for help and changes nothing
      When Ana texts the company "<text>"
      Then the provider has answered "HELP"
      And Ana has not opted out of "+49 30 901820"

      Examples:
        | text |
        | HELP |
        | INFO |

    @O-2
    Scenario Outline: Not a keyword: <text>
      When Ana texts the company "<text>"
      Then the provider has answered nothing
      And Ana has not opted out of "+49 30 901820"
      When Bill texts Ana "Your order is ready"
      Then the message is sent

      Examples:
        | text        |
        | STOP PLEASE |
        | Stopp       |
        | STOP.       |
        | YES         |
        | START       |

    @O-2
    Scenario Outline: Who has opted out gets no answer to <text>
      When Ana texts the company "STOP"
      And Ana texts the company "<text>"
      Then the provider has answered nothing
      And Ana has opted out of "+49 30 901820"

      Examples:
        | text |
        | STOP |
        | HELP |

    @O-2
    Scenario: Opting out holds for one number of the company
      Given the company texts from "+49 89 123456"
      When Ana texts the company "STOP"
      Then Ana has opted out of "+49 30 901820"
      And Ana has not opted out of "+49 89 123456"
      When Bill texts Ana from "+49 30 901820" "Your order is ready"
      Then the message is failed with error "21610"
      When Bill texts Ana from "+49 89 123456" "Your order is ready"
      Then the message is sent

    @O-2
    Scenario: Opting out is the requester's, not the party's
      Given Ben is a consumer in Berlin
      When Ana texts the company "STOP"
      And Bill texts Ben at Ana's number "Your order is ready"
      And Bill sends it anyway
      Then the message is failed with error "21610"

    @O-2 @A-11
    Scenario: The refusal may undo the send
      Given the setting "failed_delivery_undoes_send" is "true"
      When Ana texts the company "STOP"
      And Bill texts Ana "Your order is ready"
      Then the provider's error "21610" has undone the send
      And nothing has changed

    @O-2 @R-1
    Scenario: A keyword to a number that is not the company's
      When a text from "+49 151 23456789" reaches "+49 89 123456": "STOP"
      Then the text is refused by rule R-1
      And Ana has not opted out of "+49 89 123456"

    @O-2 @R-1
    Scenario: A repeated message id is one keyword
      When a text from "+49 151 23456789" reaches "+49 30 901820" with the message id SM1: "STOP"
      And a text from "+49 151 23456789" reaches "+49 30 901820" with the message id SM2: "START"
      And a text from "+49 151 23456789" reaches "+49 30 901820" with the message id SM1: "STOP"
      Then the provider has answered nothing
      And Ana has not opted out of "+49 30 901820"

  Rule: Whether a keyword goes into a conversation is open

    @O-2
    Scenario Outline: A keyword begins a conversation as other texts do, unless told otherwise: <text>
      When Ana texts the company "<text>"
      Then row R-1 of the requester's table applies
      And Ana has 1 active SMS interaction
      And 1 text from that number has been received

      Examples:
        | text |
        | STOP |
        | HELP |

    @O-2
    Scenario: A keyword goes on in a conversation as other texts do
      Given the setting "keyword_texts" is "converse"
      And Ana has an SMS conversation with agent Bill
      When Ana texts the company "STOP"
      Then row R-2 of the requester's table applies
      And the conversation with Ana reads
        | from | text  |
        | Bill | Hello |
        | Ana  | STOP  |

    @O-2
    Scenario Outline: A keyword goes into no conversation: <setting>, <text>
      Given the setting "keyword_texts" is "<setting>"
      When Ana texts the company "<text>"
      Then the provider has answered "<text>"
      And 0 texts from that number have been received
      And Ana has 0 active SMS interactions

      Examples:
        | setting  | text |
        | act_only | STOP |
        | act_only | HELP |
        | withhold | STOP |
        | withhold | HELP |

    @O-2
    Scenario Outline: Other texts do in any case: <setting>, <text>
      Given the setting "keyword_texts" is "<setting>"
      When Ana texts the company "<text>"
      Then 1 text from that number has been received

      Examples:
        | setting  | text         |
        | act_only | YES          |
        | act_only | Notification |
        | withhold | YES          |
        | withhold | Hello        |

  Rule: Update notifications of the instance

    @O-1
    Scenario: They are off until a user switches them on
      Given Uma is a user in Berlin
      And Uma's mobile number is "0151 23456780"
      Then update notifications are off for Uma
      When Uma texts the company "Notification"
      Then the instance has answered that update notifications are off
      When Uma texts the company "START"
      Then update notifications are on for Uma
      And the instance has answered that update notifications are on
      And the provider has answered nothing
      When Uma texts the company "notification"
      Then the instance has answered that update notifications are on

    @O-1 @O-2
    Scenario: STOP switches them off, but the provider lets no answer through
      Given Uma is a user in Berlin
      And Uma's mobile number is "0151 23456780"
      And Uma has texted the company "START"
      When Uma texts the company "STOP"
      Then update notifications are off for Uma
      And the provider has answered "STOP"
      And the provider has refused the instance's answer with error "21610"

    @O-1
    Scenario Outline: A <kind> with a user account has them, too
      Given Uma is a user in Berlin
      And Cem is a <kind> in Berlin
      And Cem is the same person as the user Uma
      And Cem's mobile number is "0151 23456780"
      When Cem texts the company "START"
      Then update notifications are on for Uma
      And the instance has answered that update notifications are on

      Examples:
        | kind     |
        | consumer |
        | contact  |

    @O-1
    Scenario Outline: Nobody else has them: <text>
      When Ana texts the company "<text>"
      Then the instance has answered nothing
      And update notifications are off for Ana
      When a text from "+49 151 23456781" reaches "+49 30 901820": "<text>"
      Then the instance has answered nothing

      Examples:
        | text         |
        | STOP         |
        | START        |
        | Notification |

    @O-1
    Scenario: A number of several users is nobody's
      Given Uma and Tom are users in Berlin
      And Uma's mobile number is "0151 23456780"
      And Tom's mobile number is "0151 23456780"
      When a text from "+49 151 23456780" reaches "+49 30 901820": "START"
      Then the instance has answered nothing
      And update notifications are off for Uma
      And update notifications are off for Tom

    @O-1 @M-4
    Scenario: The number's profile says whose choice it is
      Given Uma and Tom are users in Berlin
      And Uma has an SMS conversation with agent Bill at "0151 23456780"
      And Tom's mobile number is "0151 23456780"
      When a text from "+49 151 23456780" reaches "+49 30 901820": "START"
      Then update notifications are on for Uma
      And update notifications are off for Tom

    @O-1 @O-2
    Scenario Outline: What reaches the instance is open: <setting>
      Given the setting "keyword_texts" is "<setting>"
      And Uma is a user in Berlin
      And Uma's mobile number is "0151 23456780"
      When Uma texts the company "START"
      Then update notifications are on for Uma
      When Uma texts the company "STOP"
      Then Uma has opted out of "+49 30 901820"
      And update notifications are <after STOP> for Uma
      And <received> from that number <have been> received

      Examples:
        | setting  | after STOP | received | have been |
        | converse | off        | 2 texts  | have been |
        | act_only | off        | 0 texts  | have been |
        | withhold | on         | 1 text   | has been  |
