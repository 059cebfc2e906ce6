def test_home_and_cast(client, cast):
    assert client.get("/").status_code == 200
