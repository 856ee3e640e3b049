Console.WriteLine("stedi");
