Feature: Extension points
  A company extends the instance at six points. Several extensions may be registered for one
  point, each with a name and an order: the one that applies and has the lowest order decides,
  and where none applies, what ships. An extension that fails is the reason of a refusal; it
  never takes the instance down, and nothing has changed.

  Background:
    Given the company texts from "+49 30 901820"
    And Ana is a consumer in Berlin
    And Ana's business number is "030 123456"
    And Ana's mobile number is "0151 23456789"
    And Bill is an agent

  Rule: X-1, the options of Send from and Send to

    @X-1
    Scenario: Send to offers only business numbers
      Given the extension "Office hours" of Send to offers only business numbers
      When Bill opens the compose form on Ana's record
      Then Send to is filled with "+4930123456"
      And Send to offers
        | +4930123456 |
      When Bill texts Ana "Hello"
      Then the message goes out from "+4930901820" to "+4930123456"

    @X-1
    Scenario: Send from offers one number only, which is filled in
      Given the company texts from "+49 89 123456"
      And the extension "One line" of Send from offers only "+49 89 123456"
      When Bill opens the compose form on Ana's record
      Then Send from is filled with "+4989123456"
      And Send from offers
        | +4989123456 |
      When Bill texts Ana "Hello"
      Then the message goes out from "+4989123456" to "+4915123456789"

    @X-1 @A-10
    Scenario: A number that is not offered can still be typed
      Given the company texts from "+49 89 123456"
      And the extension "One line" of Send from offers only "+49 89 123456"
      When Bill texts Ana from "+49 30 901820" "Hello"
      Then the message goes out from "+4930901820" to "+4915123456789"

    @X-1 @A-10
    Scenario: Send from cannot offer a number that is not the company's
      Given the extension "Wrong line" of Send from offers only "+49 89 123456"
      When Bill opens the compose form on Ana's record
      Then Compose SMS is not offered because of rule X-1
      When Bill texts Ana "Hello"
      Then the send is refused by rule X-1
      And the refusal says "'Wrong line' answered '+4989123456' to send from"

  Rule: X-2, the record that a number belongs to

    @X-2 @M-5
    Scenario: A number on several records is the contact's
      Given Cem is a contact in Berlin
      And Cem's mobile number is "0151 23456789"
      And the extension "Contacts first" of matching gives a number to a contact first
      When a text from "+49 151 23456789" reaches "+49 30 901820": "Hello"
      Then the requester is matched by rule M-1
      And the number belongs to Cem
      And the interaction with Cem is with the virtual agent

    @X-2 @M-3
    Scenario: A number on no record is known to an extension
      Given the extension "Works council" of matching gives "+49 151 23456780" to Ana
      When a text from "+49 151 23456780" reaches "+49 30 901820": "Hello"
      Then the requester is matched by rule M-1
      And the number belongs to Ana

    @X-2
    Scenario: Other numbers are matched as usual
      Given the extension "Works council" of matching gives "+49 151 23456780" to Ana
      When a text from "+49 151 23456781" reaches "+49 30 901820": "Hello"
      Then the requester is matched by rule M-3
      And the number belongs to a guest

    @X-2 @M-4
    Scenario: A profile says whose the number is; the extension is not asked
      Given Ana has an SMS conversation with agent Bill
      And Ana's interaction of type messaging has become Closed Complete
      And the extension "Broken" of point X-2 raises "asked all the same"
      When Ana texts the company "Thank you"
      Then the requester is matched by rule M-2
      And the number belongs to Ana

  Rule: X-3, the interaction of a number that is claimed

    @X-3 @P-10
    Scenario: An agent's conversation stays with the guest
      Given a guest has an SMS conversation with agent Bill at "+49 151 23456780"
      And the extension "Ask first" of claiming leaves an agent's conversation with the guest
      When Bill texts Ana at that number "Is that you, Ana?"
      Then decision row A-2 applies
      And the number belongs to Ana
      And the existing interaction is still with a guest

    @X-3 @P-10
    Scenario: Where the extension does not apply, the conversation follows the number
      Given a guest has an SMS conversation that waits in the queue at "+49 151 23456780"
      And the extension "Ask first" of claiming leaves an agent's conversation with the guest
      When Bill texts Ana at that number "Is that you, Ana?"
      Then decision row A-5 applies
      And the existing interaction is with Ana

    @X-3
    Scenario: The conversation becomes that of the party's user
      Given Uma is a user in Berlin
      And Ana is the same person as the user Uma
      And a guest has an SMS conversation with agent Bill at "+49 151 23456780"
      And the extension "Users" of claiming gives the conversation to the party's user
      When Bill texts Ana at that number "Is that you, Ana?"
      Then the number belongs to Ana
      And the existing interaction is with Uma

  Rule: X-4, whether a recipient is valid

    @X-4
    Scenario: Numbers of a territory are refused
      Given the extension "Domestic only" of recipients refuses numbers of the territory "FR"
      When Bill texts Ana at "+33 6 12 34 56 78" "Hello"
      Then the send is refused by rule X-4
      And the refusal says "+33612345678 is a number of the territory FR."
      When Bill texts Ana "Hello"
      Then decision row A-1 applies

    @X-4 @N-5
    Scenario: What agents type for short stands for a number
      Given the extension "Short numbers" of recipients takes "warehouse" for "+49 30 123457"
      When Bill texts Ana at "warehouse" "Hello"
      Then the message goes out from "+4930901820" to "+4930123457"
      When Bill texts Ana at "warehous" "Hello"
      Then the send is refused by rule N-5

  Rule: X-5, whether a channel is offered

    @X-5
    Scenario: SMS is offered only for contacts
      Given Cem is a contact in Berlin
      And the extension "Business" of channels offers "SMS" only for a contact
      When Bill opens the compose form on Cem's record
      Then Compose SMS is offered
      When Bill opens the compose form on Ana's record
      Then Compose SMS is not offered because of rule X-5
      When Bill texts Ana "Hello"
      Then the send is refused by rule X-5

    @X-5 @C-12
    Scenario: The other channels are not affected
      Given the company has the messaging channel "WhatsApp" in position 200 with "+49 30 901821"
      And the extension "Business" of channels offers "WhatsApp" only for a contact
      When Bill opens the compose form on Ana's record
      Then the channels offered are
        | SMS |

  Rule: X-6, whom the message is for

    @X-6 @C-6
    Scenario: The user whom the interaction was opened for comes first
      Given Uma is a user in Berlin
      And Uma's mobile number is "0151 23456781"
      And Ana's interaction of type phone, opened for Uma, is open with agent Bill
      And the extension "Openers" of whom a message is for takes the opened-for user
      When Bill opens the compose form on Ana's interaction of type phone
      Then Send to is filled with "+4915123456781"
      When Bill replies to Ana's interaction of type phone with "Hello"
      Then the message goes out from "+4930901820" to "+4915123456781"
      And a new SMS interaction with Uma is assigned to Bill

    @X-6 @P-1
    Scenario: Where it does not apply, the interaction's party is written to
      Given Ana's interaction of type phone is open with agent Bill
      And the extension "Openers" of whom a message is for takes the opened-for user
      When Bill replies to Ana's interaction of type phone with "Hello"
      Then a new SMS interaction with Ana is assigned to Bill
