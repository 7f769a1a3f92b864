"""Names to invent people from, in the scripts the clinic's own patients write: Latin with accents, Cyrillic, Hanzi."""

from __future__ import annotations

from typing import NamedTuple


class People(NamedTuple):
    """First and last names that go together, and the language their bearers are spoken to in."""

    language: str
    first: tuple[str, ...]
    last: tuple[str, ...]


_ENGLISH = People(
    "en",
    tuple("Aaron Abigail Adam Alice Amelia Andrew Anna Anthony Ava Benjamin Brian Carol Charles Chloe Claire Daniel Deborah Diane Donna Edward Eleanor Emily Emma Eric Ethan Eva Fiona Frank Gary George Grace Hannah Harold Helen Henry Ian Irene Isaac Jack Jacob James Jane Janet Jason Joan Joseph Joyce Julia Karen Kevin Laura Leo Liam Linda Lucy Margaret Mark Martha Martin Mary Megan Michael Mia Nancy Nathan Noah Nora Oliver Olivia Oscar Patricia Paul Peter Rachel Ralph Rebecca Robert Rose Ruth Ryan Samuel Sarah Scott Sean Simon Sophie Stephen Susan Theo Thomas Una Victor Violet Walter Wendy William Zoe".split()),
    tuple("Adams Allen Anderson Bailey Baker Barnes Bell Bennett Brooks Brown Butler Campbell Carter Clark Coleman Collins Cook Cooper Cox Cruz Davis Diaz Edwards Evans Fisher Foster Gray Green Griffin Hall Hamilton Harris Hayes Henderson Hill Howard Hughes Jackson James Jenkins Johnson Jones Kelly King Lee Lewis Long Marshall Martin Mason Mitchell Moore Morgan Morris Murphy Myers Nelson O’Brien O’Connor Owens Parker Patel Patterson Perry Peterson Phillips Powell Price Reed Richardson Roberts Robinson Rogers Ross Russell Sanders Scott Simmons Smith Stewart Sullivan Taylor Thomas Thompson Turner Walker Ward Watson West White Williams Wilson Wood Wright Young".split()),
)  # fmt: skip
_SPANISH = People(
    "es",
    tuple("Adrián Alejandra Álvaro Ana Andrés Ángel Beatriz Camila Carlos Carmen César Clara Daniela Diego Elena Emilio Esteban Felipe Gabriela Guillermo Héctor Inés Isabel Iván Javier Jesús Joaquín José Juan Julia Laura Lucía Luis Manuel Marcos María Mariana Martín Mateo Miguel Natalia Nicolás Óscar Pablo Paula Pedro Rafael Raúl Rocío Rosa Samuel Sebastián Sergio Silvia Sofía Teresa Tomás Valentina Verónica Víctor Ximena Zoé".split()),
    tuple("Acosta Aguilar Alonso Álvarez Benítez Blanco Cabrera Calderón Campos Cárdenas Castillo Castro Contreras Cordero Cortés Delgado Díaz Domínguez Escobar Espinoza Fernández Flores Fuentes García Gómez González Guerrero Gutiérrez Hernández Herrera Ibáñez Jiménez León López Márquez Martínez Medina Méndez Mendoza Molina Morales Moreno Muñoz Núñez Ortega Ortiz Peña Pérez Ramírez Ramos Reyes Ríos Rivera Rodríguez Romero Ruiz Salazar Sánchez Santos Soto Suárez Torres Vargas Vásquez Vega Velázquez Zamora Zúñiga".split()),
)  # fmt: skip
_RUSSIAN = People(
    "ru",
    tuple("Алексей Алёна Анастасия Андрей Анна Антон Борис Вадим Валентина Варвара Вера Виктор Галина Георгий Дарья Денис Дмитрий Евгений Екатерина Елена Зоя Иван Игорь Ирина Кирилл Ксения Лариса Людмила Максим Марина Мария Михаил Надежда Наталья Николай Нина Олег Ольга Павел Пётр Роман Светлана Семён Сергей Софья Тамара Татьяна Фёдор Юлия Юрий Яна".split()),
    tuple("Андреев Антонов Белов Богданов Борисов Васильев Виноградов Волков Воробьёв Голубев Григорьев Давыдов Егоров Ершов Жуков Зайцев Захаров Иванов Ильин Казаков Киселёв Ковалёв Козлов Комаров Кузнецов Лебедев Макаров Медведев Михайлов Морозов Никитин Новиков Орлов Павлов Петров Поляков Попов Романов Семёнов Сергеев Смирнов Соболев Соколов Соловьёв Степанов Тарасов Титов Фёдоров Филиппов Фролов Чернов Яковлев".split()),
)  # fmt: skip
_CHINESE = People(
    "zh",
    tuple("Bin/斌 Chao/超 Fang/芳 Feng/峰 Guang/光 Hai/海 Hong/红 Hua/华 Jian/建 Jie/杰 Jing/静 Jun/军 Lan/兰 Lei/磊 Li/丽 Ling/玲 Mei/梅 Min/敏 Ming/明 Na/娜 Ping/平 Qiang/强 Qing/青 Rong/荣 Ting/婷 Wei/伟 Wen/文 Xia/霞 Xiaoming/小明 Xin/欣 Xiu/秀 Xue/雪 Yan/燕 Yang/洋 Ying/英 Yong/勇 Yu/宇 Yun/云 Zhen/珍 Zhi/志".split()),
    tuple("Cao/曹 Chen/陈 Deng/邓 Feng/冯 Gao/高 Guo/郭 Han/韩 He/何 Hu/胡 Huang/黄 Li/李 Liang/梁 Lin/林 Liu/刘 Luo/罗 Ma/马 Peng/彭 Song/宋 Sun/孙 Tang/唐 Wang/王 Wu/吴 Xie/谢 Xu/徐 Yang/杨 Zeng/曾 Zhang/张 Zhao/赵 Zheng/郑 Zhou/周 Zhu/朱".split()),
)  # fmt: skip

ALL = (_ENGLISH, _SPANISH, _RUSSIAN, _CHINESE)
SHARES = (58, 22, 12, 8)
"""Of a hundred patients, how many are of each of `ALL`."""
STREETS = tuple(
    "Main Clifton Park Maple Oak Elm Cedar Pine Lake Hill River Church Center Washington Franklin Lincoln Madison Valley Spring Market".split()
)
CITIES = (
    ("Clifton", "NJ", "07013"),
    ("Passaic", "NJ", "07055"),
    ("Paterson", "NJ", "07501"),
    ("Montclair", "NJ", "07042"),
    ("Brooklyn", "NY", "11249"),
    ("New York", "NY", "10009"),
)
AREA_CODES = ("973", "201", "862", "718", "347", "929")
