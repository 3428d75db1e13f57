Feature: Many people at once
  A scenario may ask for people in numbers. They have names of their countries and valid
  mobile numbers of their territories, and they are the same people for the same seed.

  Background:
    Given the company texts from "+49 30 901820"
    And Bill is an agent

  @N-1 @N-2
  Scenario: Five hundred consumers in three countries
    Given 500 consumers in Germany, France and Japan
    Then there are 500 consumers with different names and numbers
    And each of their numbers is a mobile number of where they are

  @A-1 @I-1 @I-6
  Scenario: A text to everybody
    Given 50 consumers in Germany and Italy
    When Bill texts each of them "Our shop is closed on Monday"
    Then each of them has 1 active SMS interaction with Bill
    And each of their numbers belongs to them

  @A-2 @I-1
  Scenario: A second text to everybody
    Given 20 consumers in Argentina, Mexico and Jamaica
    When Bill texts each of them "Our shop is closed on Monday"
    And Bill texts each of them "And on Tuesday"
    Then each of them has 1 active SMS interaction with Bill
