"""Given names of many cultures, and whole names that stand for the public person rather than a private one."""

_NAMES = """
Aaron Abby Abdel Abdul Abdullah Abel Abena Abigail Abraham Ada Adaeze Adam Adama Adele Adeline Aditi Aditya Adolfo
Adrian Adriana Adriano Adrien Adrienne Agata Agathe Agatha Agnes Agnès Agnieszka Agustín Ahmad Ahmed Ahmet Aicha Aïcha
Aida Aiden Aiko Aileen Ailsa Aimee Aimée Aino Aisha Aishwarya Aisling Akash Akeem Akhil Aki Akiko Akira Akosua Alain
Alan Alana Alastair Alba Albert Alberto Aldo Alejandra Alejandro Aleksander Aleksandr Aleksandra Alena Alessandra
Alessandro Alessia Alessio Alex Alexa Alexander Alexandra Alexandre Alexandru Alexia Alexis Alfie Alfonso Alfred
Alfredo Ali Alice Alicia Alina Aline Alisa Alisha Alison Alistair Allan Allison Álvaro Alvaro Alyssa Amal Amalia
Amanda Amara Amber Ambre Amélie Amelie Amelia Amina Aminata Amir Amira Amit Amos Amy Ana Anabel Anaïs Anand Ananya
Anastasia Anders Andrea Andreas Andreea Andrei Andrej Andrés Andres Andressa Andrew Andrey Andrzej Andy Angela Ángela
Ángel Angelica Angelika Angelina Angelo Angie Angus Anika Anil Anita Anjali Anja Anke Ann Anna Annabel Annalena Anne
Anneke Anneliese Annemarie Annette Annie Annika Ansel Anselm Anthony Antje Antoine Antoinette Anton Antonella Antonia
Antonín Antonio António Antônio Anu Anupam Anya Aoife Apolline Aranka Archie Aria Ariana Arianna Ariel Arif Arjun
Arlene Arlo Armand Armando Armin Arnaud Arne Arnold Arthur Arturo Artur Arun Arvid Arvind Asher Ashley Ashok Ashwin
Asif Asmaa Astrid Athena Aubrey Audrey August Augusta Augustin Aurélie Aurélien Aurora Austin Ava Avery Axel Ayaan
Ayana Aylin Ayşe Aysel Ayumi Aziz Azra Baptiste Barbara Bárbara Barry Bart Bartosz Bas Bashir Bastian Bastien Beata
Béatrice Beatrice Beatrix Beatriz Becky Belén Belinda Ben Benedict Benedikt Benjamin Benoît Benoit Bernadette Bernard
Bernardo Bernd Bernhard Bernice Berta Bertram Bertrand Beth Bethany Betty Beverley Beverly Bianca Bilal Billy Birgit
Birgitta Birte Bjarne Björn Bjorn Blanca Blandine Bob Bobby Bogdan Bożena Brad Bradley Brandon Branko Bram Brenda
Brendan Brett Brian Brianna Bridget Brigitte Brittany Bronwyn Bruce Bruna Bruno Bryan Bryce Burak Caio Caitlin Callum
Calum Camila Camilla Camille Camilo Cameron Candice Carina Carl Carla Carlo Carlos Carlota Carly Carmela Carmen Carol
Carola Carole Carolin Carolina Caroline Carolyn Carrie Carsten Casey Caspar Cassandra Cassie Catalina Catarina
Caterina Catherine Cathrin Cathy Catriona Cécile Cecilia Cecília Cédric Cedric Celeste Celia Célia Céline Celine
Celina Cem Cesar César Chad Chandra Chantal Charlene Charles Charlie Charlotte Chelsea Cheng Cheryl Chiara Chidi
Chidinma Chinedu Chinonso Chiyo Chloe Chloé Chris Christa Christel Christelle Christian Christiane Christina Christine
Christof Christoph Christophe Christopher Christy Chukwuemeka Ciara Cillian Cindy Claire Clara Clare Clarissa Claude
Claudia Cláudia Claudine Claudio Cláudio Clay Clémence Clément Clemens Clement Clementine Cleo Clive Clotilde Cody
Colette Colin Colleen Connor Conor Conrad Constance Constantin Consuelo Cora Coralie Corinna Corinne Cornelia Cornelis
Cory Cosima Craig Cristian Cristiano Cristina Cristóbal Cynthia Cyril Dagmar Daisuke Damian Damien Damon Dan Dana
Daniel Daniela Daniele Daniella Danielle Danilo Danny Danuta Daphne Dara Daria Darek Dario Darius Darko Darlene
Darnell Darren Darryl Dave David Davide Dawid Dean Deanna Debbie Deborah Debra Declan Deepa Deepak Deirdre Delia
Delphine Demet Denis Denise Deniz Dennis Derek Desirée Desmond Detlef Devon Diana Diane Diarmuid Didier Diego Dieter
Dietmar Dilip Dimitri Dimitrios Dimitris Dina Dinesh Dirk Divya Dmitri Dmitry Dolores Dominic Dominik Dominika
Dominique Donald Donatella Donna Dora Doreen Doris Dorota Dorothea Dorothee Dorothy Doug Douglas Duncan Dustin Dwayne
Dylan Earl Eamon Ebba Ebru Eckhard Ed Eddie Edgar Edith Edmund Edoardo Eduard Eduarda Eduardo Edward Edwin Efua Egon
Eileen Eilidh Eirik Ekaterina Elaine Elbert Eleanor Elena Eleni Eleonora Eli Elia Eliana Elias Elif Elijah Elin Elina
Elisa Elisabeth Elisabetta Elise Eliška Eliza Elizabeth Elke Ella Ellen Ellie Elliot Elliott Elodie Élodie Eloise
Éloïse Elsa Else Elsbeth Elvira Elżbieta Emanuel Emanuela Emanuele Emeka Emer Emil Emile Émile Emilia Émilie Emilie
Emilio Emily Emine Emir Emma Emmanuel Emmanuelle Emmett Emre Ender Enrica Enrico Enrique Enzo Eoin Éric Eric Erica
Erich Erik Erika Erin Ernest Ernesto Ernst Erwin Esin Esmeralda Esperanza Esra Estelle Esteban Ester Esther Ethan
Étienne Etienne Eugen Eugene Eugenia Eugenio Eun Eunice Eva Evan Evangelos Eve Evelyn Evgeny Ewa Ewan Ezra Fabian
Fabiana Fabien Fabienne Fabio Fábio Fabrice Fabrizio Fadi Faisal Farah Farhan Farid Farida Fatih Fatima Fátima Fatma
Fatou Fatoumata Federica Federico Felicia Felicitas Félix Felipe Felix Femke Ferdinand Ferenc Fernanda Fernando Filip
Filipa Filipe Filippo Finn Finja Fiona Flavia Flávia Flavio Fleur Flora Florence Florent Florentina Florian Floris
Folake Frances Francesca Francesco Francine Francis Francisca Francisco Franck François Francois Françoise Frank
Franka Franz Franziska Fred Freddie Freddy Frédéric Frederic Frederick Frederik Fredrik Freya Frida Frieda Friederike
Friedrich Fritz Fumiko Gabriel Gabriela Gabriele Gabriella Gabrielle Gaby Gaël Gaëlle Ganesh Gareth Gary Gaspard
Gaston Gavin Gaetano Geert Gemma Genevieve Geneviève Geoff Geoffrey Georg George Georges Georgia Georgina Georgios
Gerald Geraldine Gérard Gerard Gerardo Gerd Gerda Gerhard Gerrit Gert Gertrud Ghislaine Giacomo Gian Gianluca Gianni
Gideon Gil Gilbert Gilberto Gilles Gillian Gina Ginevra Giorgia Giorgio Giorgos Giovanna Giovanni Gisela Gisèle Giulia
Giuliana Giulio Giuseppe Gladys Glen Glenn Gloria Glória Gonçalo Gonzalo Gordon Göran Grace Gracie Graham Grant
Graziella Greg Gregor Grégoire Gregory Greta Gretchen Grzegorz Gudrun Guido Guilherme Guillaume Guillermo Gülay Gunnar
Gunther Günter Günther Gurpreet Gustav Gustave Gustavo Guy Gwen Gwendolyn György Habib Hadiza Hagen Haider Hailey
Hakan Hakim Halima Hamid Hamish Hamza Hana Hanna Hannah Hanne Hannelore Hannes Hans Hansjörg Harald Hardeep Harish
Harold Haroon Harriet Harrison Harry Haruka Haruki Harumi Harvey Hasan Hassan Hatice Hayley Hazel Heath Heather Hector
Héctor Heidi Heike Heiko Heiner Heinrich Heinz Helen Helena Helene Hélène Helga Helge Hélio Helmut Hendrik Henk
Henning Henri Henrietta Henriette Henrik Henrike Henrique Henry Herbert Heribert Herman Hermann Hernán Hervé Hideki
Hideo Hilary Hilda Hilde Hildegard Hiro Hiroko Hiroshi Hiroyuki Holger Holly Horst Howard Hubert Hugh Hugo Humberto
Hüseyin Hussein Iain Ian Ibrahim İbrahim Ibrahima Ida Idris Ifeanyi Ifeoma Ignacio Ignazio Igor Ike Ilaria Ildikó
Ilona Ilse Imani Imogen Imran Ines Inês Inés Inès Inga Inge Ingeborg Ingo Ingrid Iñigo Ioana Ioannis Ira Irena Irene
Irina Iris Irma Isaac Isabel Isabela Isabell Isabella Isabelle Isadora Isaiah Isamu Isha Ishaan Isidora Isis Isla
Ismael Ismail Isobel István Ivan Iván Ivana Ivo Ivy Iwona Izabela Jaap Jack Jackie Jackson Jacob Jacopo Jacqueline
Jacques Jada Jade Jaden Jadwiga Jaime Jake Jakob Jakub Jamal James Jamie Jamila Jan Jana Jane Janet Janice Janina
Janine Janis Jannik Janusz Jared Jarek Jarosław Jasmin Jasmine Jason Jasper Javier Jay Jayden Jayesh Jean Jeanette
Jeanne Jeannette Jeff Jeffrey Jelena Jelle Jemima Jenna Jennifer Jenny Jens Jeremiah Jeremy Jérémy Jerome Jérôme
Jeroen Jerry Jerzy Jess Jesse Jessica Jessie Jesús Jill Jillian Jim Jimena Jimmy Jin Jing Jisoo Joachim Joan Joana
João Joanna Joanne Joaquín Joaquim Jocelyn Jochen Jodie Joe Joel Joëlle Johan Johann Johanna Johannes John Johnny
Jolanda Jolanta Jon Jonah Jonas Jonathan Jordan Jordi Jorge Jörg Joris Jorn José Jose Josef Josefa Josefina Josefine
Joseph Josephine Joséphine Josette Josh Joshua Josie Joyce Juan Juana Juanita Judith Judy Jude Jules Julia Júlia
Julian Julián Juliana Juliane Julie Julien Juliet Juliette Julio Júlio Julius June Jung Jürgen Juri Justin Justine
Justyna Jutta Juan-Carlos Kabir Kai Kaitlyn Kaja Kamal Kamala Kamil Kamila Kaori Karen Karim Karin Karina Karl Karla
Karolina Karoline Karsten Karthik Kasia Kasper Katarina Katarzyna Kate Katerina Kateřina Katharina Katherine Kathleen
Kathrin Kathryn Kathy Katia Katie Katja Katrin Katrina Katy Kavita Kavya Kay Kayla Kazuki Kazuo Keiko Keisha Keith
Kelly Kelsey Kemal Ken Kendra Kenji Kenneth Kenta Kerem Kerry Kerstin Kevin Khadija Khaled Khalid Kian Kieran Kim
Kimberly Kirsten Kirsty Kiran Kirill Kjell Klara Klaas Klaus Knut Kofi Kohei Kojo Koen Konrad Konstantin Konstantina
Kostas Kris Krishna Kristen Kristian Kristin Kristina Kristine Kristof Krisztina Krystyna Krzysztof Kumar Kurt Kwabena
Kwame Kyle Kylie Lachlan Laetitia Laila Lakshmi Lalita Lana Lance Lara Larissa Larry Lars Lasse Lászlo László Latisha
Latoya Laura Laure Lauren Laurence Laurent Laurie Lavinia Lea Léa Leah Leandro Leanne Leia Leif Leigh Leila Lena Lenka
Lenny Leo Léo Leon Léon Leona Leonard Leonardo Leonhard Leonie Léonie Leonor Leopold Leroy Leslie Leticia Letícia
Letizia Levi Lewis Leyla Liam Lidia Lídia Lieke Liesbeth Lila Lilian Liliana Lillian Lily Lina Linda Lindsay Lindsey
Linnea Linus Lionel Lisa Lisbeth Lise Liselotte Lisette Livia Lívia Liz Lloyd Logan Lois Lola Lorena Lorenz Lorenzo
Loretta Lori Lorna Lorraine Lothar Lotte Lou Louis Louise Lourdes Luc Luca Lucas Lúcia Lucia Lucía Luciana Luciano
Lucie Lucien Lucille Lucinda Lucio Lucy Ludger Ludmila Ludovic Ludwig Luigi Luis Luís Luisa Luísa Luise Luiz Luiza
Lukas Lukáš Luke Łukasz Luna Lutz Luz Lydia Lydie Lyn Lynda Lynn Lynne Maarten Mabel Maciej Mackenzie Madeleine
Madeline Madison Mads Maeve Magali Magda Magdalena Maggie Magnus Mahmoud Mahmut Maia Maik Maike Maja Makoto Malcolm
Malgorzata Małgorzata Malik Malin Malte Mamadou Mandy Manfred Manish Manoj Manon Manuel Manuela Mara Marc Marcel
Marcela Marcella Marcello Marcelo Marcia Márcia Marcin Márcio Marco Marcos Marcus Marek Maren Margaret Margarete
Margarida Margarita Margaux Margherita Margit Margot Margret Marguerite Maria María Mariah Mariam Mariama Mariana
Marianne Mariano Marie Marie-Claire Marie-Louise Mariela Marieke Marijke Marika Marilyn Marin Marina Mario Mário
Marion Marisa Marisol Marissa Marit Marita Maritza Marius Mariusz Marjorie Mark Marko Markus Marla Marlene Marlies
Marlon Marta Martha Marthe Martijn Martin Martín Martina Martine Martyna Marvin Mary Maryam Masako Masashi Mason
Massimo Mateo Mateus Mateusz Mathias Mathieu Mathilda Mathilde Mathis Matías Matilda Matilde Matt Matteo Matthew
Matthias Matthieu Matthijs Mattia Maud Maude Maureen Maurice Mauricio Maurizio Mauro Max Maxim Maxime Maximilian
Maxine Maya Mayumi Meera Megan Mehdi Mehmet Mei Meike Mel Melanie Mélanie Melina Melinda Melissa Mélissa Melody
Mercedes Meredith Merle Merve Mia Micaela Michael Michaela Michal Michał Michel Michela Michele Michelle Mick Mickael
Miguel Mihai Mika Mikael Mike Mikhail Mikołaj Miksa Mila Milan Milena Miles Millie Milo Miloš Milton Mina Minh Minna
Minoru Mira Miranda Mireille Miren Miriam Mirjam Mirko Miroslav Misaki Mitchell Mitsuko Miyuki Moa Mohamed Mohammad
Mohammed Mohan Moira Moises Molly Mona Monica Mónica Mônica Monika Monique Morgan Morgane Moritz Morten Moses Moussa
Muhammad Mukesh Murat Muriel Musa Mustafa Myriam Myrtle Nabil Nadège Nadezhda Nadia Nádia Nadine Nadja Naima Nancy
Nanami Naoki Naoko Naomi Narendra Nasser Nasreen Nastassja Natacha Natalia Natália Natalie Natalya Natascha Natasha
Nate Nathalie Nathan Nathaniel Naveen Neha Neil Nele Nellie Nelly Nelson Nerea Neus Ngozi Niall Niamh Nicholas Nick
Nicky Nico Nicola Nicolas Nicolás Nicolau Nicole Nicolò Niels Nigel Nikhil Niklas Niko Nikolai Nikolaos Nikolas
Nikolaus Nikos Nils Nina Nisha Nitin Njoki Noa Noah Noe Noel Noelia Noemi Noémie Noor Nora Norah Norbert Noriko Norma
Norman Nour Nuno Nuria Núria Nurhan Nwamaka Nyasha Obinna Octavia Octavio Odette Odile Oksana Olaf Ola Ole Oleg Olena
Olga Olivia Olivier Oliver Oluwaseun Olumide Omar Ömer Ophelia Orla Orlando Oscar Óscar Oskar Osman Oswald Otávio Otis
Otto Owen Özlem Pablo Paige Palesa Paloma Pamela Paola Paolo Parker Parvati Pascal Pascale Pasquale Pat Patrice
Patricia Patrícia Patricio Patrick Patrik Patrizia Patryk Paul Paula Paulina Pauline Paulo Pavel Pavlos Pawel Paweł
Pedro Peggy Penelope Penny Percy Perla Perrine Pete Peter Petra Petros Phil Philip Philipp Philippa Philippe Phillip
Phoebe Phyllis Pia Piedad Pierre Pierluigi Piet Pieter Pietro Pilar Piotr Piper Polly Pooja Prakash Pradeep Pranav
Prashant Preeti Priscila Priscilla Priya Priyanka Prudence Quentin Quincy Rachael Rachel Rachid Radek Rafael Rafaela
Rafał Raffaele Raghav Rahel Rahul Raimund Rainer Raissa Raj Rajesh Rajiv Ralf Ralph Ram Ramesh Ramón Ramona Rana
Randall Randy Rania Raphael Raphaël Raquel Rasheed Rashid Rasmus Raul Raúl Ravi Ray Raymond Rebecca Rebekka Regina
Régis Reina Reiner Reinhard Reinhold Rekha Remi Rémi Rémy Renata Renate Renato Renaud René Renee Renée Reza Rhiannon
Rhys Ricarda Ricardo Riccardo Richard Rick Ricky Riley Rina Rita Rob Robbie Robert Roberta Roberto Robin Robyn Rocío
Rocio Rod Roderick Rodney Rodolfo Rodrigo Roel Roger Rogério Rohan Rohit Roisin Roland Rolf Roman Romain Romana Romeo
Romina Romy Ron Ronald Ronan Ronja Ronnie Rory Rosa Rosalía Rosalie Rosalind Rosario Rosemarie Rosemary Rosie Roswitha
Ross Roxana Roxane Roy Ruben Rubén Rudi Rudolf Rui Rupert Rushil Russell Ruth Ryan Ryo Ryota Sabina Sabine Sabrina
Sachiko Sadia Saeed Saffron Said Saïd Sakura Salim Sally Salma Salman Salvador Salvatore Sam Samantha Samir Samira
Sammy Samson Samuel Samuele Sander Sandeep Sandra Sandrine Sandro Sandy Sangeeta Sanjay Sanne Sanna Santiago Sanjana
Saoirse Sara Sarah Sarita Sascha Saskia Satoshi Saul Saúl Savannah Sayaka Scott Sean Seán Sebastian Sebastián
Sébastien Seema Selena Selim Selina Selma Serena Serge Sergei Sergey Sergio Sérgio Serhat Seth Séverine Seyma Shabnam
Shane Shannon Shanti Sharon Shaun Shauna Shawn Sheila Shelby Shelley Shirin Shirley Shivani Shota Shreya Shu Shyam
Sibel Sibylle Siddharth Sidney Sidonie Siegfried Sienna Sigrid Silke Silvana Silvia Sílvia Silvio Simon Simón Simona
Simone Sina Sinan Sinéad Siobhan Siv Slavica Sneha Sofia Sofía Sofie Sofya Solange Solène Soledad Sonia Sónia Sonja
Sonya Sophia Sophie Søren Sören Soumya Spencer Srinivas Stacey Stan Stanislav Stanisław Stéphane Stéphanie Stefan
Stefania Stefanie Stefano Steffen Steffi Stella Stephan Stephanie Stephen Steve Steven Stewart Stijn Stuart Sue
Suleiman Sultana Suman Sumit Sunil Sunita Suresh Susan Susana Susanna Susanne Susi Suzanne Suzuki Sven Svenja Svetlana
Swantje Swati Sybille Sydney Sylvain Sylvester Sylvia Sylvie Szilvia Szymon Tadashi Tadeusz Takashi Takeshi Tamara
Tamás Tamika Tania Tânia Tanja Tanya Tara Tariq Tasha Tatiana Tatjana Taylor Ted Terence Teresa Terezie Teresinha
Terry Tessa Thabo Thaddeus Thais Thandi Thea Thelma Theo Théo Theodor Theodora Theodore Theresa Thérèse Theresia
Thiago Thibault Thierry Thijs Thilo Thomas Thorsten Tiago Tiana Tiffany Till Tim Timo Timon Timothy Tina Tino Tjark
Tobias Todd Tom Tomas Tomás Tomáš Tomasz Tommaso Tommy Tomoko Toni Tony Torben Torsten Toshiko Tracey Tracy Travis
Trevor Tricia Trine Tristan Troy Trudy Tuğba Tunde Tyler Tyrone Uchenna Udo Ugo Ulf Ulla Ulrich Ulrike Umar Umberto
Ursula Urs Ute Uwe Valentin Valentina Valentine Valeria Valérie Valerie Valerio Vanesa Vanessa Vasco Vasiliki Vasily
Vera Verena Veronica Verónica Verônica Veronika Véronique Vicente Vicky Victor Victoria Vijay Vikram Viktor Viktoria
Viktória Vincent Vincenzo Vinícius Vinod Viola Violet Violeta Violetta Virginia Virginie Vishal Vitor Vítor Vito
Vittoria Vittorio Vivek Vivian Viviana Viviane Vivienne Vladimir Vojtěch Volker Vusi Wade Waldemar Walter Waltraud
Wanda Wang Wanjiru Warren Wayne Wei Wendy Werner Wesley Whitney Wiebke Wiktoria Wilfried Wilhelm Will Willem William
Williams Willy Wilma Winfried Winston Wojciech Wolf Wolfgang Wouter Xavier Ximena Xiao Xin Yael Yan Yang Yann Yannick
Yannis Yara Yasemin Yash Yasin Yasmin Yasmina Yasmine Yassine Yasuko Yelena Yetunde Yohan Yoko Yolanda Yoshi Youssef
Yue Yui Yuki Yuko Yulia Yuri Yusuf Yuto Yves Yvette Yvonne Zachary Zahra Zainab Zara Zbigniew Zdeněk Zehra Zeynep
Zhang Zhen Zineb Zoe Zoé Zoë Zofia Zoltán Zsófia Zuzana Loïc Ettore Marcy Achim Adelheid Alondra Amadou Amparo Anaís
Annelie Annick Antonietta Arlette Armelle Asunción Aziza Babette Baptista Benedetta Benedikta Berit Bernadetta Bettina
Birgül Bohdan Bronisław Brunhilde Burkhard Caetano Calista Carmine Casimir Catherina Celso Ciro Clelia Concepción
Cornel Cosimo Cyrille Dalia Damiano Davor Debora Delfina Demetrius Desislava Dragan Dražen Dunja Ekrem Elfriede Eliane
Eline Ellis Emilija Emmeline Encarnación Ermanno Eufemia Ewald Fausto Fedor Ferhat Filomena Fiorella Flemming
Florentine Fokke Frauke Fredrika Gaia Galina Gennaro Georgette Gerlinde Gesine Gianfranco Giancarlo Gisele Goran
Grażyna Guadalupe Gunda Gustaf Hala Halina Hanneke Hartmut Hassiba Hedwig Heloísa Hermine Hiltrud Horatio Hubertus
Huda Iago Ibtissam Ignác Ilias Imke Ingmar Inmaculada Irmgard Isolde Itziar Iva Jacinta Jacek Janne Jaroslav Jochem
Jolien Jorrit Josip Jovana Judit Karel Karoliina Katalin Katinka Kazimierz Kees Kelechi Kenza Khalil Klemens Koji
Krystian Laurens Leoni Lieselotte Liesel Ljubica Loes Lorelei Ludovica Luka Lyudmila Maarit Macarena Madalena Mahesh
Maite Manuele Marjan Marlis Maruša Maxence Mechthild Meinhard Menno Mercè Milica Miroslava Mirjana Modesto Montserrat
Naïma Naveed Nevena Nikolina Nilüfer Nkechi Nobuko Norberto Odalys Ondřej Oriol Ottoline Ottmar Petteri Petronella
Primož Rachida Rafik Raimondo Ramiro Randi Reinier Remo Renske Rigoberto Roelof Romuald Rosanna Rosalba Rosella
Rüdiger Ryszard Sabrine Salih Samuli Sanja Sergiusz Shinji Sieglinde Simonetta Slobodan Snežana Solveig Stavros Sveta
Swetlana Taavi Tadeo Tamsin Tancredi Teodora Teun Thaïs Theodoros Thibaud Tijmen Tjeerd Tonino Traudl Tuula Tycho Uli
Valdemar Vanja Venkat Veselina Vesna Vincenza Virpi Vlad Waleed Wanja Wendelin Wiebren Wilko Wim Wojtek Xiomara Yassin
Yevgeny Yıldız Yngve Yousef Zdenka Zeljko Zita Zlatan Zorica Željka Dries Daan Thijn Fenna Jikke Douwe Sietske Tineke
Ineke Corrie Greetje Mieke Liesje Rinske Gerben Evert Anouk Anaëlle Maëlys Gaëtan Mathéo Noémi Océane Ysée Tanguy
Gwenaëlle Solenn Yoann Erwan Maïwenn Katell Iker Unai Ainhoa Leire Xabier Gorka Eneko Jordina Aitana Martí Roser
Arantxa Begoña Paqui Chelo Nieves Remedios Milagros Adaora Chiamaka Chinwe Olamide Temitope Folasade Babajide Ayodele
Kayode Segun Yewande Zodwa Sipho Nomsa Thandeka Lerato Tendai Chipo Aarav Aishani Bhavna Chitra Dhruv Gauri Harini
Indira Jyoti Kalpana Lata Madhuri Nandini Nikita Pallavi Radhika Ritu Sachin Shruti Tanvi Vaishali Vandana Venkatesh
Yamini Abhishek Amrita Anirudh Deepika Gautam Kiranjit Manpreet Harpreet Navdeep Sukhdeep
"""
GIVEN = frozenset(_NAMES.split())

_WORDS = "Will Mark Grant Till Else Said Max Guy Ray Grace Sue Pat Ender Clay June August Amber Miles"
WORDS = frozenset(_WORDS.split())
"""Given names that are words as well: at the start of a sentence they are taken for the word."""

_PEOPLE = """
Ada Lovelace, Adam Smith, Adele Adkins, Agatha Christie, Akira Kurosawa, Alan Turing, Albert Camus, Albert Einstein,
Alejandro Iñárritu, Alexander Fleming, Alexander Graham Bell, Alexander Hamilton, Alexandre Dumas, Alfred Hitchcock,
Alfred Nobel, Alice Munro, Amelia Earhart, Amy Winehouse, Andrej Karpathy, Andrew Jackson, Andrew Ng, Andy Warhol,
Angela Merkel, Santiago de Chile, Santiago de Compostela, Morgan Stanley, Charles Schwab, Johnson Johnson,
Mary Seacole, Victoria Falls, Virginia Beach, Williams Sonoma, Hugo Award, Max Mustermann, Erika Mustermann, John Doe,
Jane Doe, Jean Dupont, Mario Rossi, Juan Pérez García, Angelina Jolie, Anna Karenina, Anne Frank, Annie Ernaux,
Anton Bruckner, Anton Chekhov, Antonio Gaudí, Antonio Vivaldi, Ariana Grande, Arthur Conan Doyle, Arthur Schopenhauer,
Audrey Hepburn, August Strindberg, Auguste Rodin, Benjamin Franklin, Benjamin Netanyahu, Benito Mussolini,
Bernard Arnault, Bertrand Russell, Bill Clinton, Bill Gates, Billie Eilish, Bob Dylan, Bob Marley, Boris Johnson,
Brad Pitt, Bruce Lee, Bruce Springsteen, Bruce Wayne, Carl Friedrich Gauss, Carl Jung, Carl Sagan, Carl Gustav Jung,
Carlos Slim, Catherine the Great, Charles Babbage, Charles Darwin, Charles de Gaulle, Charles Dickens,
Charlie Chaplin, Charlotte Brontë, Christian Dior, Christopher Columbus, Christopher Nolan, Clara Schumann,
Claude Debussy, Claude Monet, Claude Opus, Claude Code, Claude Sonnet, Claude Haiku, Claude Shannon, Coco Chanel,
Cristiano Ronaldo, Dalai Lama, Daniel Kahneman, Dan Brown, Dante Alighieri, David Attenborough, David Beckham,
David Bowie, David Hilbert, David Hume, Denis Diderot, Dennis Ritchie, Diego Maradona, Diego Rivera, Diego Velázquez,
Dmitri Mendeleev, Dmitri Shostakovich, Donald Duck, Donald Knuth, Donald Trump, Edgar Allan Poe, Edgar Degas,
Edith Piaf, Edmund Husserl, Edvard Munch, Edward Snowden, Eleanor Roosevelt, Elizabeth Bennet, Elizabeth II,
Elizabeth Taylor, Elizabeth Warren, Ella Fitzgerald, Elon Musk, Elton John, Elvis Presley, Emma Bovary, Emma Watson,
Emmanuel Macron, Emily Brontë, Emily Dickinson, Emmy Noether, Enrico Fermi, Erich Kästner, Erich Maria Remarque,
Ernest Hemingway, Ernest Rutherford, Ernst Mach, Erwin Schrödinger, Eva Perón, Federico García Lorca,
Federico Fellini, Felix Mendelssohn, Fernando Pessoa, Fidel Castro, Florence Nightingale, Francis Bacon,
Francis Crick, Francis Ford Coppola, Francisco Franco, Francisco Goya, Francisco de Goya, Frank Sinatra,
Franklin Roosevelt, Franz Ferdinand, Franz Kafka, Franz Liszt, Franz Schubert, Freddie Mercury, Frida Kahlo,
Friedrich Engels, Friedrich Nietzsche, Friedrich Schiller, Friedrich Hayek, Gabriel García Márquez, Galileo Galilei,
Geoffrey Chaucer, Geoffrey Hinton, Georg Cantor, Georg Wilhelm Friedrich Hegel, George Bush, George Clooney,
George Lucas, George Martin, George Orwell, George Washington, Gerhard Schröder, Giacomo Puccini, Giuseppe Garibaldi,
Giuseppe Verdi, Giorgia Meloni, Gordon Moore, Gordon Ramsay, Grace Hopper, Graham Greene, Greta Thunberg,
Guido van Rossum, Gustav Klimt, Gustav Mahler, Gustave Eiffel, Gustave Flaubert, Hannah Arendt,
Hans Christian Andersen, Hans Zimmer, Harriet Tubman, Harrison Ford, Harry Houdini, Harry Potter, Harry Styles,
Harry Truman, Haruki Murakami, Heinrich Heine, Heinrich Böll, Heinrich Hertz, Helen Keller, Helmut Kohl,
Helmut Schmidt, Henri Matisse, Henri Poincaré, Henry Ford, Henry Kissinger, Hermann Hesse, Hilary Mantel,
Hillary Clinton, Howard Hughes, Hugo Boss, Hugo Chávez, Ian Fleming, Igor Stravinsky, Immanuel Kant, Indira Gandhi,
Ingmar Bergman, Isaac Asimov, Isaac Newton, Isabel Allende, Ivan Pavlov, Ivan Turgenev, Jack London, Jack Ma,
Jackson Pollock, Jacques Chirac, Jacques Derrida, Jacques Cousteau, Jair Bolsonaro, James Bond, James Cameron,
James Clerk Maxwell, James Cook, James Joyce, James Madison, James Watson, James Watt, Jane Austen, Jane Eyre,
Jane Goodall, Jeff Bezos, Jeff Dean, Jennifer Aniston, Jennifer Lawrence, Jensen Huang, Jimi Hendrix, Jimmy Carter,
Joan Miró, Joanne Rowling, Joe Biden, Johann Sebastian Bach, Johann Strauss, Johann Wolfgang von Goethe,
Johannes Brahms, Johannes Gutenberg, Johannes Kepler, Johannes Vermeer, John Adams, John Coltrane, John Dalton,
John Deere, John Dewey, John F Kennedy, John Keats, John Kennedy, John Lennon, John Locke, John Maynard Keynes,
John McCarthy, John Milton, John Rawls, John Steinbeck, John Stuart Mill, John Wayne, John Wick, John von Neumann,
Johnny Cash, Johnny Depp, Jorge Luis Borges, Jose Mourinho, José Saramago, Joseph Conrad, Joseph Haydn, Joseph Stalin,
Juan Perón, Jules Verne, Julia Roberts, Julia Child, Julian Assange, Julius Caesar, Justin Bieber, Justin Trudeau,
Kamala Harris, Karl Lagerfeld, Karl Marx, Karl Popper, Kate Middleton, Katherine Johnson, Katy Perry, Keir Starmer,
Ken Thompson, Kim Kardashian, Konrad Adenauer, Konrad Zuse, Kurt Cobain, Kurt Gödel, Kurt Vonnegut, Lady Gaga,
Larry Page, Leo Tolstoy, Leon Trotsky, Leonard Bernstein, Leonard Cohen, Leonard Euler, Leonardo da Vinci,
Leonardo DiCaprio, Leonhard Euler, Lewis Carroll, Lewis Hamilton, Linus Pauling, Linus Torvalds, Lionel Messi,
Louis Armstrong, Louis Pasteur, Louis Vuitton, Louis XIV, Luc Besson, Luciano Pavarotti, Ludwig Wittgenstein,
Ludwig van Beethoven, Ludwig Erhard, Luigi Pirandello, Luis Buñuel, Lula da Silva, Luis Suárez, Machado de Assis,
Madeleine Albright, Magnus Carlsen, Mahatma Gandhi, Malcolm X, Manuel de Falla, Marc Chagall, Marcel Duchamp,
Marcel Proust, Marco Polo, Marcus Aurelius, Margaret Atwood, Margaret Hamilton, Margaret Thatcher, Maria Callas,
Maria Montessori, Maria Theresia, Mariah Carey, Marie Antoinette, Marie Curie, Marilyn Monroe, Mario Draghi,
Mario Kart, Mario Vargas Llosa, Mark Antony, Mark Rutte, Mark Twain, Mark Zuckerberg, Marlon Brando, Martha Stewart,
Martin Heidegger, Martin Luther, Martin Luther King, Martin Scorsese, Mary Poppins, Mary Shelley, Max Born,
Max Frisch, Max Planck, Max Weber, Max Verstappen, Maya Angelou, Meryl Streep, Michael Faraday, Michael Jackson,
Michael Jordan, Michael Schumacher, Michel Foucault, Michel de Montaigne, Michelle Obama, Mickey Mouse,
Miguel de Cervantes, Mikhail Bulgakov, Mikhail Gorbachev, Miles Davis, Milton Friedman, Molly Bloom, Muhammad Ali,
Nancy Pelosi, Naomi Osaka, Narendra Modi, Natalie Portman, Nathaniel Hawthorne, Neil Armstrong, Neil Gaiman,
Nelson Mandela, Niccolò Machiavelli, Nicolas Sarkozy, Nicolas Cage, Nicolaus Copernicus, Niels Bohr, Nikola Tesla,
Nikolai Gogol, Noam Chomsky, Norman Rockwell, Novak Djokovic, Octavio Paz, Olaf Scholz, Oliver Cromwell, Oliver Twist,
Olivia Rodrigo, Oscar Wilde, Otto Hahn, Otto von Bismarck, Pablo Escobar, Pablo Neruda, Pablo Picasso, Paul Cézanne,
Paul Dirac, Paul Erdős, Paul Gauguin, Paul Klee, Paul McCartney, Paul Newman, Paulo Coelho, Pedro Almodóvar,
Pedro Sánchez, Penélope Cruz, Peter Pan, Peter Parker, Peter Thiel, Peter Jackson, Peter Handke, Philip Roth,
Philip Glass, Philippe Pétain, Pierre Bourdieu, Pierre Curie, Pierre de Fermat, Pope Francis, Prince Harry,
Priyanka Chopra, Rafael Nadal, Rachel Carson, Ray Charles, Raymond Chandler, René Descartes, René Magritte,
Rainer Maria Rilke, Richard Dawkins, Richard Feynman, Richard Nixon, Richard Strauss, Richard Wagner,
Richard Stallman, Richard Branson, Robert Frost, Robert Oppenheimer, Robert Schumann, Robert Koch, Robert Mugabe,
Robert De Niro, Roberto Bolaño, Robin Hood, Robin Williams, Roger Federer, Roger Penrose, Roland Barthes,
Roman Polanski, Ron Weasley, Ronald Reagan, Rosa Luxemburg, Rosa Parks, Rosalind Franklin, Rudolf Steiner,
Rudolf Diesel, Salman Rushdie, Salvador Allende, Salvador Dalí, Sam Altman, Samuel Beckett, Sandro Botticelli,
Scott Joplin, Selena Gomez, Serena Williams, Sergey Brin, Sergei Rachmaninoff, Shirley Temple, Sherlock Holmes,
Sigmund Freud, Silvio Berlusconi, Simon Bolivar, Simón Bolívar, Simone Biles, Simone Veil, Simone de Beauvoir,
Sofia Coppola, Sophia Loren, Sophie Scholl, Stanley Kubrick, Stephen Hawking, Stephen King, Stephen Curry, Steve Jobs,
Steve Wozniak, Steven Pinker, Steven Spielberg, Susan Sontag, Sundar Pichai, Satya Nadella, Sylvia Plath,
Taylor Swift, Theodor Adorno, Theodor Fontane, Theodore Roosevelt, Thomas Aquinas, Thomas Edison, Thomas Hobbes,
Thomas Jefferson, Thomas Kuhn, Thomas Mann, Thomas Bernhard, Thomas Müller, Tim Berners, Tim Cook, Tom Cruise,
Tom Hanks, Tom Sawyer, Tom Riddle, Tony Blair, Tony Stark, Tony Soprano, Toni Morrison, Tyler Perry, Umberto Eco,
Ursula von der Leyen, Usain Bolt, Vera Rubin, Victor Hugo, Victor Frankenstein, Viktor Orbán, Vincent van Gogh,
Virginia Woolf, Vladimir Lenin, Vladimir Nabokov, Vladimir Putin, Volodymyr Zelenskyy, Walt Disney, Walt Whitman,
Walter Benjamin, Walter White, Warren Buffett, Wayne Rooney, Werner Heisenberg, Werner Herzog, Wernher von Braun,
Whitney Houston, Wilhelm Röntgen, Willem Dafoe, Will Smith, William Blake, William Faulkner, William Gibson,
William Shakespeare, William Wordsworth, William Turner, Willy Brandt, Winston Churchill, Winston Smith,
Wolfgang Amadeus Mozart, Woody Allen, Xi Jinping, Yo Yo Ma, Yann LeCun, Yoko Ono, Yuri Gagarin, Yves Saint Laurent,
Zinedine Zidane
"""
FAMOUS = frozenset(name.strip() for name in _PEOPLE.split(","))
"""Famous people and figures under the name by which they are asked about; a text that only names them is public."""
