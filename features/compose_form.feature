Feature: The compose form
  Where an agent can compose an SMS, and what the form fills in.

  Background:
    Given Ana is a consumer in Berlin
    And Bill is an agent

  Rule: When Compose SMS is offered

    @C-1
    Scenario: With a number on a messaging channel
      Given the company texts from "+49 30 901820"
      When Bill opens the compose form on Ana's record
      Then Compose SMS is offered

    @C-1 @I-8
    Scenario: Without a provider
      Given the company has no provider
      And Ana's mobile number is "0151 23456789"
      When Bill opens the compose form on Ana's record
      Then Compose SMS is not offered because of rule C-1
      When Bill texts Ana "Hello"
      Then the send is refused by rule C-1

    @C-1
    Scenario: With a provider of a chat channel only
      Given the company has the chat channel "Web chat" with "+49 30 901820"
      When Bill opens the compose form on Ana's record
      Then Compose SMS is not offered because of rule C-1

    @C-2
    Scenario Outline: On an interaction of type <type>
      Given the company texts from "+49 30 901820"
      And Ana's interaction of type <type> is open with agent Bill
      When Bill opens the compose form on Ana's interaction of type <type>
      Then Compose SMS is offered

      Examples:
        | type    |
        | phone   |
        | chat    |
        | email   |
        | walk-in |

    @C-2
    Scenario: Not on an interaction that is itself of type messaging
      Given the company texts from "+49 30 901820"
      And Ana's mobile number is "0151 23456789"
      And Ana has an SMS conversation with agent Bill
      When Bill opens the compose form on Ana's interaction of type messaging
      Then Compose SMS is not offered because of rule C-2
      When Bill replies to Ana's interaction of type messaging with "Hello"
      Then the send is refused by rule C-2

    @C-3
    Scenario Outline: Not on an interaction that is <state>
      Given the company texts from "+49 30 901820"
      And Ana's mobile number is "0151 23456789"
      And Ana's interaction of type phone is open with agent Bill
      And Ana's interaction of type phone has become <state>
      When Bill opens the compose form on Ana's interaction of type phone
      Then Compose SMS is not offered because of rule C-3
      When Bill replies to Ana's interaction of type phone with "Hello"
      Then the send is refused by rule C-3

      Examples:
        | state            |
        | Closed Complete  |
        | Closed Abandoned |

    @C-3
    Scenario: Still on an interaction in Wrap Up
      Given the company texts from "+49 30 901820"
      And Ana's interaction of type phone is open with agent Bill
      And Ana's interaction of type phone has become Wrap Up
      When Bill opens the compose form on Ana's interaction of type phone
      Then Compose SMS is offered

    @C-4 @I-8
    Scenario: Not without the role
      Given the company texts from "+49 30 901820"
      And Ana's mobile number is "0151 23456789"
      And Cleo is an agent without the role to message customers
      When Cleo opens the compose form on Ana's record
      Then Compose SMS is not offered because of rule C-4
      When Cleo texts Ana "Hello"
      Then the send is refused by rule C-4
      And Ana has 0 active SMS interactions

  Rule: Send from

    @C-5
    Scenario: The only number is filled in
      Given the company texts from "+49 30 901820"
      When Bill opens the compose form on Ana's record
      Then Send from is filled with "+4930901820"

    @C-5
    Scenario: Several numbers are offered, none is filled in
      Given the company texts from "+49 30 901820"
      And the company texts from "+49 89 123456"
      When Bill opens the compose form on Ana's record
      Then Send from is empty
      And Send from offers
        | +4930901820 |
        | +4989123456 |

  Rule: Send to

    @C-6
    Scenario: Filled from the consumer
      Given the company texts from "+49 30 901820"
      And Ana's mobile number is "0151 23456789"
      And Ana's home number is "030 123456"
      And Ana's business number is "030 654321"
      And Ana's interaction of type phone is open with agent Bill
      When Bill opens the compose form on Ana's interaction of type phone
      Then Send to is filled with "+4915123456789"
      And Send to offers
        | +4915123456789 |
        | +4930123456    |
        | +4930654321    |

    @C-6
    Scenario Outline: The <kind> of an interaction comes before the user it is opened for
      Given the company texts from "+49 30 901820"
      And Cem is a <kind> in Berlin
      And Cem's mobile number is "0151 23456780"
      And Uma is a user in Berlin
      And Uma's mobile number is "0151 23456781"
      And Cem's interaction of type phone, opened for Uma, is open with agent Bill
      When Bill opens the compose form on Cem's interaction of type phone
      Then Send to is filled with "+4915123456780"

      Examples:
        | kind     |
        | consumer |
        | contact  |

    @C-6
    Scenario: Without consumer or contact, filled from the user it is opened for
      Given the company texts from "+49 30 901820"
      And Uma is a user in Berlin
      And Uma's mobile number is "0151 23456781"
      And Uma's interaction of type phone is open with agent Bill
      When Bill opens the compose form on Uma's interaction of type phone
      Then Send to is filled with "+4915123456781"

    @C-6 @I-8
    Scenario: A party without a number has nothing to fill in
      Given the company texts from "+49 30 901820"
      When Bill opens the compose form on Ana's record
      Then Send to is empty
      When Bill texts Ana "Hello"
      Then the send is refused by rule C-6

    @C-7
    Scenario: The number of the profile comes before those of the record
      Given the company texts from "+49 30 901820"
      And Ana's mobile number is "0151 23456789"
      And Ana has an SMS conversation with agent Bill at "030 123456"
      When Bill opens the compose form on Ana's record
      Then Send to is filled with "+4930123456"
      And Send to offers
        | +4930123456    |
        | +4915123456789 |

    @C-7 @P-4
    Scenario: The number of a profile that is inactive is filled in no more
      Given the company texts from "+49 30 901820"
      And Ben is a consumer in Berlin
      And Ana's mobile number is "0151 23456789"
      And Ana has an SMS conversation with agent Bill at "030 123456"
      When Bill texts Ben at that number "Hello Ben"
      And Bill sends it anyway
      And Bill opens the compose form on Ana's record
      Then Send to is filled with "+4915123456789"

    @C-8 @N-8
    Scenario: Another number, typed in local format, becomes E.164
      Given the company texts from "+49 30 901820"
      When Bill texts Ana at "(030) 123-456" "Hello"
      Then decision row A-1 applies
      And the message goes out from "+4930901820" to "+4930123456"

    @C-8
    Scenario: Another number is allowed by default
      Given the company texts from "+49 30 901820"
      When Bill opens the compose form on Ana's record
      Then Send to allows another number

    @C-8 @I-8
    Scenario: Another number is not allowed
      Given the company texts from "+49 30 901820"
      And the SMS channel allows no number but the party's
      And Ana's mobile number is "0151 23456789"
      When Bill opens the compose form on Ana's record
      Then Send to allows no other number
      When Bill texts Ana at "030 123456" "Hello"
      Then the send is refused by rule C-8
      And the refusal says "+4915123456789"

    @C-8
    Scenario: The party's own number may be picked where no other is allowed
      Given the company texts from "+49 30 901820"
      And the SMS channel allows no number but the party's
      And Ana's home number is "030 123456"
      When Bill texts Ana at "030 123456" "Hello"
      Then decision row A-1 applies

    @C-8 @N-5 @I-8
    Scenario: A typed number with letters
      Given the company texts from "+49 30 901820"
      When Bill texts Ana at "0151 CALL NOW" "Hello"
      Then the send is refused by rule N-5
      And nothing has changed

  Rule: The card of the conversation that is going on

    @C-9
    Scenario: A conversation with the same party
      Given the company texts from "+49 30 901820"
      And Ana's mobile number is "0151 23456789"
      And Ana has an SMS conversation with agent Bill
      And Cleo is an agent
      When 1 hour passes
      And Bill texts Ana "Still there?"
      And Cleo previews a text to Ana
      Then the card of the conversation says
        | interaction  | IMS0000001               |
        | message type | SMS                      |
        | last update  | 2026-01-05T10:00:00Z     |
        | party        | Ana                      |
        | assigned to  | Bill                     |

    @C-9
    Scenario: A conversation with another party
      Given the company texts from "+49 30 901820"
      And Ben is a consumer in Berlin
      And Ana's mobile number is "0151 23456789"
      And Ana has an SMS conversation with the virtual agent
      When Bill previews a text to Ben at that number
      Then the card of the conversation says
        | party       | Ana    |
        | assigned to | nobody |

    @C-9
    Scenario: A conversation at that number with another number of the company
      Given the company texts from "+49 30 901820"
      And the company texts from "+49 89 123456"
      And Ana's mobile number is "0151 23456789"
      And Ana has an SMS conversation with agent Bill through "+49 30 901820"
      When Bill texts Ana from "+49 89 123456" "From Munich"
      Then decision row A-1 applies
      And the card of the conversation says
        | interaction | IMS0000001 |

    @C-9
    Scenario: No conversation
      Given the company texts from "+49 30 901820"
      And Ana's mobile number is "0151 23456789"
      When Bill previews a text to Ana
      Then no card appears

    @C-9 @S-4
    Scenario: A conversation that has ended
      Given the company texts from "+49 30 901820"
      And Ana's mobile number is "0151 23456789"
      And Ana has an SMS conversation with agent Bill
      And Ana's interaction of type messaging has become Closed Complete
      When Bill previews a text to Ana
      Then no card appears

  Rule: Attachments

    @C-10
    Scenario Outline: An image may be attached: <file>
      Given the company texts from "+49 30 901820"
      And Ana's mobile number is "0151 23456789"
      When Bill texts Ana "See here" with the attachment "<file>"
      Then decision row A-1 applies

      Examples:
        | file      |
        | photo.jpg |
        | plan.png  |
        | fun.GIF   |

    @C-10 @I-8
    Scenario Outline: What is no image may not: <file>
      Given the company texts from "+49 30 901820"
      And Ana's mobile number is "0151 23456789"
      When Bill texts Ana "See here" with the attachment "<file>"
      Then the send is refused by rule C-10
      And the refusal says "<file>"
      And nothing has changed

      Examples:
        | file         |
        | contract.pdf |
        | notes        |
        | setup.exe    |

    @C-10
    Scenario: Unless the channel is configured for it
      Given the company texts from "+49 30 901820"
      And the SMS channel takes attachments of type "image, application"
      And Ana's mobile number is "0151 23456789"
      When Bill texts Ana "See here" with the attachment "contract.pdf"
      Then decision row A-1 applies

  Rule: Which channels are offered

    @C-11 @I-8
    Scenario: A channel that needs an active profile, for a party without one
      Given the company texts from "+49 30 901820"
      And the SMS channel is offered only for parties with an active profile
      And Ana's mobile number is "0151 23456789"
      When Bill opens the compose form on Ana's record
      Then Compose SMS is not offered because of rule C-11
      When Bill texts Ana "Hello"
      Then the send is refused by rule C-11

    @C-11
    Scenario: A channel that needs an active profile, for a party with one
      Given the company texts from "+49 30 901820"
      And Ana's mobile number is "0151 23456789"
      And Ana has an SMS conversation with agent Bill
      And the SMS channel is offered only for parties with an active profile
      When Bill opens the compose form on Ana's record
      Then Compose SMS is offered

    @C-11 @P-4
    Scenario: A party whose number has moved away has no active profile
      Given the company texts from "+49 30 901820"
      And Ben is a consumer in Berlin
      And Ana's mobile number is "0151 23456789"
      And Ana has an SMS conversation with agent Bill
      When Bill texts Ben at that number "Hello Ben"
      And Bill sends it anyway
      And only parties with an active profile are offered the SMS channel from now on
      And Bill opens the compose form on Ana's record
      Then Compose SMS is not offered because of rule C-11

    @C-12
    Scenario: Channels come in their configured order
      Given the company texts from "+49 30 901820"
      And the SMS channel is in position 100
      And the company has the messaging channel "WhatsApp" in position 50 with "+49 30 901821"
      And the company has the messaging channel "Line" in position 200 with "+49 30 901822"
      When Bill opens the compose form on Ana's record
      Then the channels offered are
        | WhatsApp |
        | SMS      |
        | Line     |

    @C-12
    Scenario: An inactive channel is not offered
      Given the company texts from "+49 30 901820"
      And the company has the messaging channel "WhatsApp" in position 50 with "+49 30 901821"
      And the channel "WhatsApp" is inactive
      When Bill opens the compose form on Ana's record
      Then the channels offered are
        | SMS |

    @C-12 @I-8
    Scenario: Nothing is offered when every channel is inactive
      Given the company texts from "+49 30 901820"
      And Ana's mobile number is "0151 23456789"
      And the channel "SMS" is inactive
      When Bill opens the compose form on Ana's record
      Then Compose SMS is not offered because of rule C-12
      When Bill texts Ana "Hello"
      Then the send is refused by rule C-12
