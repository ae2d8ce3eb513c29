"""Invented events, each told by reports in several languages: translations by nobody, each in words of its own."""

EVENTS: tuple[dict[str, str], ...] = (
    {
        "en": "The ferry Halmar Star ran aground off Brekkeness on Monday with 212 passengers aboard, the "
        "coastguard of Norvik said. Captain Ingrid Solberg ordered the passengers into boats. Nobody drowned "
        "when the ferry listed.",
        "de": "Vor Brekkeness ist am Montag die Fähre „Halmar Star“ auf Grund gelaufen. Alle 212 Menschen an Bord "
        "wurden nach Angaben der Küstenwache in Norvik gerettet. Kapitänin Ingrid Solberg ließ die Boote zu "
        "Wasser, als das Schiff sich neigte.",
        "fr": "Le ferry Halmar Star s'est échoué lundi au large de Brekkeness avec 212 passagers à son bord, selon "
        "les garde-côtes de Norvik. La capitaine Ingrid Solberg a fait mettre les canots à la mer ; personne "
        "ne s'est noyé.",
        "ru": "Паром «Халмар Стар» сел на мель в понедельник близ Бреккенеса, на борту находились 212 пассажиров, "
        "сообщила береговая охрана Норвика. Капитан Ингрид Сольберг приказала спустить шлюпки, никто не "
        "утонул.",
        "zh": "渡轮“哈尔马之星”号星期一在布雷克内斯附近触礁搁浅，船上有212名乘客。诺维克海岸警卫队说，船长英格丽德·"
        "索尔贝格下令乘客登上救生艇，无人溺亡。",
    },
    {
        "en": "Parliament in Castellane passed the water bill by 91 votes to 60 after a night of debate. Minister "
        "Pau Ferrand called the bill the end of a drought of ideas; farmers blocked the road to Castellane.",
        "es": "El Parlamento de Castellane aprobó la ley del agua por 91 votos contra 60 tras una noche de debate. "
        "El ministro Pau Ferrand celebró la norma, mientras los agricultores cortaban con tractores la "
        "carretera a la capital.",
        "de": "Mit 91 zu 60 Stimmen hat das Parlament in Castellane nach nächtlicher Debatte das Wassergesetz "
        "beschlossen. Minister Pau Ferrand sprach vom Ende der Dürre; Bauern sperrten mit Traktoren die "
        "Straße.",
        "pl": "Parlament w Castellane przyjął po nocnej debacie ustawę o wodzie stosunkiem głosów 91 do 60. "
        "Minister Pau Ferrand mówił o końcu suszy pomysłów, a rolnicy zablokowali traktorami drogę do miasta.",
    },
    {
        "en": "A slope above the Doubrek quarry gave way on Tuesday and buried a canteen at Zhelnov, killing six "
        "workers, the mine inspectorate said. Foreman Taras Wehlichko was pulled out alive after nine hours.",
        "ru": "Шесть рабочих погибли во вторник в Желнове, когда склон над карьером Дубрек обрушился на столовую, "
        "сообщила горная инспекция. Бригадира Тараса Величко извлекли живым через девять часов.",
        "it": "Sei operai sono morti martedì a Zhelnov: il pendio sopra la cava di Doubrek è franato sulla mensa, "
        "ha riferito l'ispettorato minerario. Il caposquadra Taras Velitchko è stato estratto vivo dopo nove "
        "ore.",
        "ar": "قُتل ستة عمال يوم الثلاثاء في جيلنوف بعد انهيار منحدر فوق مقلع دوبرك على مطعم العمال، حسبما قالت "
        "هيئة تفتيش المناجم. وأُخرج رئيس العمال تاراس فيليتشكو حياً بعد تسع ساعات.",
    },
    {
        "en": "The river Tolva broke its banks at Marnow in northern Estavia on Friday, flooding 300 houses. Mayor "
        "Lina Brask asked the army for help. Water stood a metre high in the streets, the rescue service "
        "said.",
        "fr": "La rivière Tolva est sortie de son lit vendredi à Marnow, dans le nord de l'Estavie, inondant 300 "
        "maisons. La maire Lina Brask a demandé l'aide de l'armée ; l'eau atteignait un mètre dans les rues.",
        "tr": "Kuzey Estavya'daki Marnow'da Tolva nehri cuma günü taştı ve 300 evi su bastı. Belediye Başkanı Lina "
        "Brask ordudan yardım istedi. Kurtarma ekipleri suyun sokaklarda bir metreye ulaştığını söyledi.",
    },
    {
        "en": "The central bank of Orlund raised its key rate to 6.5 percent on Thursday, the third rise this "
        "year. Governor Hedda Marlin said that prices were climbing faster than wages and that more could "
        "follow.",
        "pt": "O banco central de Orlund elevou na quinta-feira a taxa básica para 6,5 por cento, a terceira alta "
        "do ano. A presidente Hedda Marlin disse que os preços sobem mais do que os salários e que novas "
        "altas podem vir.",
        "sv": "Orlunds centralbank höjde på torsdagen styrräntan till 6,5 procent, den tredje höjningen i år. "
        "Chefen Hedda Marlin sade att priserna stiger snabbare än lönerna och att mer kan komma.",
    },
    {
        "en": "A fire destroyed the old opera house of Vellmar on Saturday night. Two firefighters were hurt when "
        "the dome fell in. Director Celeste Ombrini said that the costumes of a century had burned.",
        "it": "Un incendio ha distrutto sabato notte il vecchio teatro dell'opera di Vellmar. Due vigili del fuoco "
        "sono rimasti feriti nel crollo della cupola. La direttrice Celeste Ombrini: bruciati i costumi di "
        "un secolo.",
        "uk": "Пожежа в ніч на неділю знищила стару оперу у Веллмарі. Двоє пожежників постраждали, коли обвалився "
        "купол. Директорка Челесте Омбріні сказала, що згоріли костюми за ціле століття.",
    },
    {
        "en": "Striker Jonas Pell scored twice as Karsby beat Lundholm 3-1 in the cup final on Sunday before "
        "41,000 spectators. Coach Mira Tande was carried round the pitch; it is the club's first cup in "
        "thirty years.",
        "es": "Con dos goles del delantero Jonas Pell, el Karsby ganó el domingo por 3-1 al Lundholm la final de "
        "copa ante 41.000 espectadores. Es la primera copa del club en treinta años; la entrenadora Mira "
        "Tande salió a hombros.",
        "ja": "サッカーのカップ戦決勝が日曜日に行われ、カルスビーがルンドホルムを3対1で下した。FWヨナス・ペルが2得"
        "点を挙げ、観客は4万1000人。ミラ・タンデ監督が胴上げされ、クラブは30年ぶりの優勝となった。",
    },
)

#: Reports in other languages on events that nobody else tells.
STRANGERS: dict[str, str] = {
    "de": "In Hollerbach hat ein Landwirt beim Pflügen einen Topf mit 430 Silbermünzen gefunden. Das Landesmuseum "
    "schätzt sie auf das 13. Jahrhundert; Finder Anton Reisch will einen Anteil und einen neuen Pflug.",
    "fr": "Les boulangers de Saint-Aubrac ont cessé le travail mercredi pour protester contre le prix de la "
    "farine. Leur porte-parole, Odile Varenne, promet de tenir jusqu'à la fête de la ville, le mois prochain.",
    "ru": "В зоопарке Лесногорска родились три амурских тигрёнка, сообщила директор Вера Клёнова. Посетители "
    "смогут увидеть их весной, имена выберут школьники города.",
    "es": "Un camión cargado de naranjas volcó el jueves en la autopista a Villareda y cortó el tráfico durante "
    "cinco horas. El conductor, Anselmo Duarte, salió ileso; los vecinos recogieron la fruta.",
}

#: Reports in other languages on events that only look like some of those above: by the number of the event.
ALIKE: tuple[tuple[int, str, str], ...] = (
    (
        0,
        "de",
        "Ein Fährschiff mit 640 Passagieren ist am Mittwoch im Hafen von Tessenow gegen die Mole gestoßen. "
        "Elf Menschen wurden leicht verletzt, teilte die Reederei Brunmar mit; Kapitän Uwe Hinz sprach von "
        "einem Fehler im Ruder.",
    ),
    (
        1,
        "es",
        "El Parlamento de Miravent rechazó por 70 votos contra 66 la ley de pesca. La ministra Carla Oriol "
        "anunció una nueva propuesta; los pescadores lo celebraron en el puerto.",
    ),
    (
        2,
        "ru",
        "Три шахтёра погибли в субботу при взрыве метана на шахте «Северная» под Каргинском, сообщило "
        "министерство. Ещё двенадцать человек подняты на поверхность, директор шахты Олег Басов отстранён.",
    ),
    (
        3,
        "fr",
        "De fortes pluies ont inondé samedi le port de Quessel, dans le sud du pays ; l'hôpital est privé de "
        "courant. Le capitaine du port, Ivo Dunning, ferme les quais jusqu'à lundi.",
    ),
    (
        4,
        "pt",
        "O banco central de Valdoria manteve na quarta-feira os juros em 4 por cento, pela quinta vez "
        "seguida. O presidente Tomás Ruela espera inflação menor no próximo ano.",
    ),
    (
        5,
        "it",
        "Un rogo ha danneggiato nella notte il museo navale di Portoscuro. Nessun ferito; il direttore Elio "
        "Sanna stima che siano andati perduti quaranta modelli di nave.",
    ),
    (
        6,
        "ja",
        "サッカーのリーグ戦が土曜日に行われ、ノルドハウンがヴィークと1対1で引き分けた。観客は8000人。ノルドハ"
        "ウンのエーリク・ダール監督は守備を称えた。",
    ),
    (
        3,
        "tr",
        "Güneydeki Kestanlı'da pazar günü çıkan fırtına 40 evin çatısını uçurdu. Vali Orhan Yener, yaralanan "
        "olmadığını ve elektriğin salı gününe kadar verileceğini söyledi.",
    ),
)
