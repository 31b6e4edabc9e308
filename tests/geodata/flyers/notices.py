"""What the made flyers say, and the truth beside it: every name, number and date is invented.

A notice is written as lines: ``#`` is the title, ``>`` a line beside it, ``*`` a sentence without a label, and
``label: value`` a row; ``/`` in a value begins a new line. Telephone numbers have exchanges that begin with 0 or 1,
which are never given out.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Notice:
    """One flyer's text and what should be read from it; an empty field stands on the flyer nowhere."""

    text: str
    title: str
    when: str
    """The days in the plain form that ``portal.schedules.reading`` is tested with."""
    place: str = ""
    address: str = ""
    fee: str = ""
    """``free``, ``paid`` or nothing."""
    phone: str = ""
    fax: str = ""
    contact: str = ""
    booking: str = ""
    """``needed``, ``not_needed`` or nothing."""
    book_by: str = ""
    """A day, ISO 8601."""
    audience: str = ""
    """Values of Audience, joined by a blank, in their alphabetical order."""
    capacity: int = 0

    @property
    def lead(self) -> list[str]:
        """The lines beside the title."""
        return [line[2:] for line in self.text.strip().splitlines() if line.startswith("> ")]

    @property
    def rows(self) -> list[tuple[str, list[str]]]:
        """(label, lines of the value); a sentence has no label."""
        found: list[tuple[str, list[str]]] = []
        for line in self.text.strip().splitlines():
            if line.startswith("* "):
                found.append(("", [line[2:]]))
            elif line[:2] not in ("# ", "> "):
                label, _, value = line.partition(": ")
                found.append((label, value.split(" / ")))
        return found


DEVELOPED: Final = (
    Notice(
        """
> みんなでおしゃべりしませんか
# ふれあい喫茶 ひだまり
日時: 令和8年12月8日（火） 午後1時30分〜3時
場所: みなも町西集会所 1階和室
参加費: 100円（飲み物代）
対象: どなたでも
申込: 不要
* 手作りのお菓子を用意してお待ちしています。
問合せ: みなも町社会福祉協議会 / 電話 0790-01-2345
""",
        "ふれあい喫茶 ひだまり",
        "2026/12/8 13:30-15:00",
        place="みなも町西集会所 1階和室",
        fee="paid",
        phone="0790012345",
        contact="みなも町社会福祉協議会",
        booking="not_needed",
        audience="everyone",
    ),
    Notice(
        """
# 子ども食堂 つくしんぼ
> 温かいごはんをいっしょに食べよう
日時: 毎月第2火曜日 17:00〜19:00
会場: 北東公民館 調理室
費用: 子ども無料 大人300円
対象: 小学生・中学生
定員: 30名（先着順）
申込: 要予約
* アレルギーのある方はご相談ください。
連絡先: つくしんぼの会 / TEL 06-0123-4567
""",
        "子ども食堂 つくしんぼ",
        "毎月第2火曜日 17:00-19:00",
        place="北東公民館 調理室",
        fee="paid",
        phone="0601234567",
        contact="つくしんぼの会",
        booking="needed",
        audience="children",
        capacity=30,
    ),
    Notice(
        """
# いきいき百歳体操
> いすに座ってできる体操です
と　き: 毎週木曜日 午前10時〜11時30分
ところ: 南町ふれあいセンター
住所: みなも町南町2丁目3番4号
参加費: 無料
対象: 65歳以上の方
申込み: 予約不要
持ち物: タオル・飲み物・上ばき
問合せ先: 南町老人クラブ / 電話 078-012-3456
""",
        "いきいき百歳体操",
        "毎週木曜日 10:00-11:30",
        place="南町ふれあいセンター",
        address="みなも町南町2丁目3番4号",
        fee="free",
        phone="0780123456",
        contact="南町老人クラブ",
        booking="not_needed",
        audience="older",
    ),
    Notice(
        """
# 見守りボランティア養成講座
> 地域の安心をいっしょに支えませんか
日程: 2027年1月16日（土）・23日（土）・30日（土）
時間: 13:30〜15:30
場所: みなも町役場 3階会議室
受講料: 無料
対象: ボランティアに関心のある方
定員: 20名
申込: 1月8日（金）までに電話で申込みください
主催: みなも町社会福祉協議会
電話: 0790-02-1188
FAX: 0790-02-1199
""",
        "見守りボランティア養成講座",
        "2027年1月16日、23日、30日 13:30-15:30",
        place="みなも町役場 3階会議室",
        fee="free",
        phone="0790021188",
        fax="0790021199",
        contact="みなも町社会福祉協議会",
        booking="needed",
        book_by="2027-01-08",
        audience="volunteers",
        capacity=20,
    ),
    Notice(
        """
# 親子であそぼう会
> 0歳から就学前のお子さんと保護者の方へ
日時: 12月12日（土） 10:00〜11:30
場所: 西児童館 遊戯室
参加費: 無料
対象: 未就園児と保護者
定員: 15組
申込: 12月5日（土）までに要申込
* 動きやすい服装でお越しください。
問い合わせ: 西児童館 / 電話 0790-03-4411
""",
        "親子であそぼう会",
        "2026/12/12 10:00-11:30",
        place="西児童館 遊戯室",
        fee="free",
        phone="0790034411",
        contact="西児童館",
        booking="needed",
        book_by="2026-12-05",
        audience="parents",
        capacity=15,
    ),
    Notice(
        """
# スマートフォン相談会
> 使い方のこまりごと、なんでもどうぞ
日時: 令和9年2月18日（木） 午後2時〜4時
会場: 東図書館 2階研修室
住所: みなも町東町1-5-8
参加費: 無料
対象: 高齢者の方
定員: 先着12名
申込: 事前申込が必要です
主催: 東地区まちづくり協議会
電話: （06）0155-7788
""",
        "スマートフォン相談会",
        "2027/2/18 14:00-16:00",
        place="東図書館 2階研修室",
        address="みなも町東町1-5-8",
        fee="free",
        phone="0601557788",
        contact="東地区まちづくり協議会",
        booking="needed",
        audience="older",
        capacity=12,
    ),
    Notice(
        """
# 年末もちつき大会
> つきたてのおもちをどうぞ
開催日: 12月20日（日）
時間: 午前10時から正午まで
場所: 北西小学校 校庭
参加費: 無料
対象: どなたでも
申込: 申込不要
* 雨のときは体育館で行います。
主催: 北西連合自治会
電話: 0790-04-5566
""",
        "年末もちつき大会",
        "2026/12/20 10:00-12:00",
        place="北西小学校 校庭",
        fee="free",
        phone="0790045566",
        contact="北西連合自治会",
        booking="not_needed",
        audience="everyone",
    ),
    Notice(
        """
# 朗読サロン こもれび
> 声に出して読むと元気になります
日時: 第1・第3水曜日 午後1時30分〜3時
場所: こもれび文庫
会費: 1回200円
対象: 高齢者
申込: 不要
問合せ: こもれび文庫 / 電話 078-014-2233
""",
        "朗読サロン こもれび",
        "第1・第3水曜日 13:30-15:00",
        place="こもれび文庫",
        fee="paid",
        phone="0780142233",
        contact="こもれび文庫",
        booking="not_needed",
        audience="older",
    ),
    Notice(
        """
# 認知症カフェ ゆずの木
> 介護の話を気軽に話せる場所です
日時: 毎月第4土曜日 14:00〜16:00
会場: 特別養護老人ホームゆずの里 地域交流室
参加費: 150円
対象: 介護している家族の方
申込: 予約不要
連絡先: ゆずの里 / 電話 0790-05-6677
""",
        "認知症カフェ ゆずの木",
        "毎月第4土曜日 14:00-16:00",
        place="特別養護老人ホームゆずの里 地域交流室",
        fee="paid",
        phone="0790056677",
        contact="ゆずの里",
        booking="not_needed",
        audience="carers",
    ),
    Notice(
        """
# にほんごひろば
> いっしょに日本語をはなしましょう
日時: 毎週土曜日 18:30〜20:00
場所: 国際交流サロン
費用: 無料
対象: 外国人の方
申込: いりません。自由参加です
電話: 06-0177-9900
主催: にほんごひろばの会
""",
        "にほんごひろば",
        "毎週土曜日 18:30-20:00",
        place="国際交流サロン",
        fee="free",
        phone="0601779900",
        contact="にほんごひろばの会",
        booking="not_needed",
        audience="newcomers",
    ),
    Notice(
        """
# 冬の星空観察会
> 望遠鏡で月と土星を見よう
日時: 令和8年12月19日（土） 18時30分〜20時
場所: 中央公園 芝生広場
参加費: 無料
対象: 小学生（保護者同伴）
定員: 40名
申込: 12月11日（金）までに電話で要申込
問合せ: 中央公民館 / 電話 0790-06-7788
""",
        "冬の星空観察会",
        "2026/12/19 18:30-20:00",
        place="中央公園 芝生広場",
        fee="free",
        phone="0790067788",
        contact="中央公民館",
        booking="needed",
        book_by="2026-12-11",
        audience="children",
        capacity=40,
    ),
    Notice(
        """
# 男の料理教室
> はじめての方も大歓迎
日時: 2027年2月6日（土） 10:00〜13:00
場所: 東公民館 調理実習室
費用: 800円（材料費）
定員: 16名
申込: 1月29日（金）までに申込みください
持ち物: エプロン・三角巾
主催: 東公民館
電話: 078-016-8899
""",
        "男の料理教室",
        "2027/2/6 10:00-13:00",
        place="東公民館 調理実習室",
        fee="paid",
        phone="0780168899",
        contact="東公民館",
        booking="needed",
        book_by="2027-01-29",
        capacity=16,
    ),
    Notice(
        """
# 地域食堂 おかえり
> ひとりでも、家族でも
日時: 毎月第1・3金曜日 17:30〜19:30
場所: 旭町会館
参加費: 大人400円 子ども無料
対象: どなたでも
定員: 50名
申込: 予約なしでどうぞ
連絡先: おかえり実行委員会 / 電話 090-0012-3456
""",
        "地域食堂 おかえり",
        "毎月第1・3金曜日 17:30-19:30",
        place="旭町会館",
        fee="paid",
        phone="09000123456",
        contact="おかえり実行委員会",
        booking="not_needed",
        audience="everyone",
        capacity=50,
    ),
    Notice(
        """
# 防災まち歩き
> 避難の道を歩いて確かめます
日時: 令和9年3月7日（日） 9:30〜11:30
集合場所: 南小学校 正門前
参加費: 無料
対象: どなたでも
定員: 25名
申込: 2月26日（金）までに要申込
主催: 南地区自主防災会
電話: 0790-07-8899
FAX: 0790-07-8800
""",
        "防災まち歩き",
        "2027/3/7 9:30-11:30",
        place="南小学校 正門前",
        fee="free",
        phone="0790078899",
        fax="0790078800",
        contact="南地区自主防災会",
        booking="needed",
        book_by="2027-02-26",
        audience="everyone",
        capacity=25,
    ),
    Notice(
        """
# 編み物の会
> お茶を飲みながら編みましょう
日時: 毎週月曜日 13:00〜15:00
場所: 西コミュニティセンター
会費: 1回100円
申込: 不要
問合せ: 西コミュニティセンター / 電話 0790-08-1122
""",
        "編み物の会",
        "毎週月曜日 13:00-15:00",
        place="西コミュニティセンター",
        fee="paid",
        phone="0790081122",
        contact="西コミュニティセンター",
        booking="not_needed",
    ),
    Notice(
        """
# 障がい者スポーツ体験会
> ボッチャをやってみよう
日時: 2026年12月13日（日） 13:00〜16:00
会場: 総合体育館 第2アリーナ
住所: みなも町北町4-10
参加費: 無料
対象: 障がいのある方
定員: 24名
申込: 要申込
問合せ: スポーツ振興課 / 電話 0790-09-2233 / FAX 0790-09-2244
""",
        "障がい者スポーツ体験会",
        "2026/12/13 13:00-16:00",
        place="総合体育館 第2アリーナ",
        address="みなも町北町4-10",
        fee="free",
        phone="0790092233",
        fax="0790092244",
        contact="スポーツ振興課",
        booking="needed",
        audience="disabilities",
        capacity=24,
    ),
    Notice(
        """
# 介護者のつどい
> ひとりで悩まずに
日時: 1月20日（水） 13:30〜15:00
場所: 地域包括支援センター南
参加費: 無料
対象: 家族を介護している方
申込: 当日直接お越しください
電話: 078-018-3344
主催: 介護者の会みなも
""",
        "介護者のつどい",
        "2027/1/20 13:30-15:00",
        place="地域包括支援センター南",
        fee="free",
        phone="0780183344",
        contact="介護者の会みなも",
        booking="not_needed",
        audience="carers",
    ),
    Notice(
        """
# 新春書き初め大会
> 筆も紙も用意します
とき: 令和9年1月9日（土） 午前9時30分〜11時
ところ: 中町会館 大広間
参加費: 200円
対象: 小学生
定員: 20名
申込: 12月25日（金）までに要申込
問合せ: 中町子ども会 / 電話 0790-10-3344
""",
        "新春書き初め大会",
        "2027/1/9 9:30-11:00",
        place="中町会館 大広間",
        fee="paid",
        phone="0790103344",
        contact="中町子ども会",
        booking="needed",
        book_by="2026-12-25",
        audience="children",
        capacity=20,
    ),
    Notice(
        """
# うたごえ広場
> なつかしい歌をみんなで
日時: 毎月第3日曜日 14:00〜15:30
会場: 文化センター 音楽室
参加費: 300円
対象: どなたでも
申込: 予約不要
連絡先: うたごえ広場の会 / 電話 06-0188-4455
""",
        "うたごえ広場",
        "毎月第3日曜日 14:00-15:30",
        place="文化センター 音楽室",
        fee="paid",
        phone="0601884455",
        contact="うたごえ広場の会",
        booking="not_needed",
        audience="everyone",
    ),
    Notice(
        """
# 法律なんでも相談
> 弁護士が無料でお答えします
日時: 12月16日（水） 13:00〜16:00
場所: みなも町役場 1階相談室
費用: 無料
定員: 6名
申込: 12月9日（水）までに電話で要予約
問合せ: 市民相談課 / 電話 0790-11-4455
""",
        "法律なんでも相談",
        "2026/12/16 13:00-16:00",
        place="みなも町役場 1階相談室",
        fee="free",
        phone="0790114455",
        contact="市民相談課",
        booking="needed",
        book_by="2026-12-09",
        capacity=6,
    ),
    Notice(
        """
# 若者の居場所 よりみち
> 放課後にふらっと来てください
日時: 毎週水・金曜日 16:00〜20:00
場所: 駅前ビル 4階
参加費: 無料
対象: 高校生・大学生
申込: 不要
連絡先: よりみち事務局 / 電話 080-0123-4455
""",
        "若者の居場所 よりみち",
        "毎週水・金曜日 16:00-20:00",
        place="駅前ビル 4階",
        fee="free",
        phone="08001234455",
        contact="よりみち事務局",
        booking="not_needed",
        audience="young",
    ),
    Notice(
        """
# 秋の作品展
> 一年の成果をご覧ください
期間: 2026年12月4日（金）〜12月6日（日） 10:00〜17:00
会場: 市民ギャラリー
入場料: 無料
対象: どなたでも
主催: みなも町文化協会
電話: 0790-12-5566
""",
        "秋の作品展",
        "2026年12月4日〜12月6日 10:00-17:00",
        place="市民ギャラリー",
        fee="free",
        phone="0790125566",
        contact="みなも町文化協会",
        audience="everyone",
    ),
    Notice(
        """
# 健康マージャン教室
> 飲まない・吸わない・賭けない
日時: 第2・4月曜日 13:00〜16:00
場所: 東老人福祉センター
参加費: 無料
対象: 60歳以上の方
定員: 32名
申込: 要申込
問合せ: 東老人福祉センター / 電話 078-019-5566
""",
        "健康マージャン教室",
        "第2・4月曜日 13:00-16:00",
        place="東老人福祉センター",
        fee="free",
        phone="0780195566",
        contact="東老人福祉センター",
        booking="needed",
        audience="older",
        capacity=32,
    ),
    Notice(
        """
# 桜の苗木を植える会
> 十年後の花見のために
日時: 令和9年3月14日（日） 午前9時〜正午
場所: 水辺の広場
参加費: 無料
対象: どなたでも
申込: 3月5日（金）までに申込みください
主催: 水辺を守る会
電話: 0790-13-6677
""",
        "桜の苗木を植える会",
        "2027/3/14 9:00-12:00",
        place="水辺の広場",
        fee="free",
        phone="0790136677",
        contact="水辺を守る会",
        booking="needed",
        book_by="2027-03-05",
        audience="everyone",
    ),
)
