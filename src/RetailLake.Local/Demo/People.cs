namespace RetailLake.Local.Demo;

/// <summary>Names as they stand in Indian customer masters: Latin, Devanagari and Tamil side by side.</summary>
internal static class People
{
    public static readonly string[] First =
    [
        "Aarav", "Vivaan", "Aditya", "Arjun", "Rohan", "Karthik", "Imran", "Gurpreet", "Suresh", "Ramesh", "Sanjay", "Manoj",
        "Prakash", "Vikram", "Rahul", "Faisal", "Joseph", "Tenzin", "Debashish", "Harsh", "Ananya", "Diya", "Priya", "Kavya",
        "Meera", "Lakshmi", "Fatima", "Harpreet", "Sunita", "Anjali", "Pooja", "Neha", "Shreya", "Ritu", "Deepa", "Mary",
        "Nandini", "Ishita", "Sneha", "Zoya",
    ];

    public static readonly string[] Last =
    [
        "Sharma", "Verma", "Patel", "Iyer", "Nair", "Reddy", "Naidu", "Singh", "Kaur", "Khan", "Das", "Banerjee", "Mukherjee",
        "Gupta", "Agarwal", "Joshi", "Kulkarni", "Deshpande", "Chavan", "D'Souza", "Fernandes", "Pillai", "Menon", "Shetty",
        "Yadav", "Mishra", "Tripathi", "Chauhan", "Bora", "Lepcha",
    ];

    public static readonly string[] Native =
    [
        "सुनीता शर्मा", "राजेश वर्मा", "अंजलि देशपांडे", "मोहम्मद खान", "लक्ष्मी अय्यर", "प्रिया कुलकर्णी", "हरप्रीत कौर",
        "विजय चव्हाण", "தமிழ்ச்செல்வி", "கார்த்திக் ராஜா", "অনন্যা দাস",
    ];

    public static readonly string[] Titles = ["Mr", "Ms", "Mrs", "Dr", "Mx"];
    public static readonly string[] Genders = ["F", "M", "O"];
    public static readonly string[] Languages = ["en", "hi", "mr", "ta", "bn"];
    public static readonly string[] Handles = ["okicici", "ybl", "okhdfcbank", "paytm", "apl", "upi"];

    public static readonly string[] Streets =
    [
        "MG Road", "Station Road", "Gandhi Nagar", "Nehru Marg", "Link Road", "Sector 14", "2nd Cross, HSR Layout", "Park Street",
        "Anna Salai", "लक्ष्मी रोड", "शिवाजी नगर", "Ring Road",
    ];

    public static readonly string[] GiftMessages =
    [
        "शुभ दीपावली! 🪔", "Happy Diwali 🎉🪔", "जन्मदिन मुबारक 🎂", "Congratulations on the new home 🏡", "With love ❤️ from Nani",
        "பொங்கல் வாழ்த்துகள் 🌾", "Happy Rakhi, bhaiya 🧵",
    ];
}
